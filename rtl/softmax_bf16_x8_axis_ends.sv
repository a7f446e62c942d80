// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x8_axis_ends: queue of 3 entries of 17 bits, first in, first out
//
// The oldest entry stands at data_o while valid_o is high, until ready_i takes it. The queue
// refuses no push: the one who pushes counts the room.

module softmax_bf16_x8_axis_ends (
  input  logic        aclk,
  input  logic        aresetn, // asynchronous assertion, synchronous release
  input  logic        push_i,
  input  logic [16:0] push_data_i,
  input  logic        ready_i,
  output logic        valid_o,
  output logic [16:0] data_o
);

  logic [16:0] entries_q [3];
  logic  [1:0] write_pointer_q; // the entry that a push fills
  logic  [1:0] read_pointer_q; // the oldest entry
  logic  [1:0] count_q; // entries that wait

  logic valid;
  logic pop;
  logic count_changes;

  assign valid = count_q != 2'd0;
  assign pop = valid & ready_i;

  always_ff @(posedge aclk) begin
    if (push_i) begin
      entries_q[write_pointer_q] <= push_data_i;
    end
  end

  assign count_changes = push_i != pop;

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      write_pointer_q <= 2'd0;
      read_pointer_q <= 2'd0;
      count_q <= 2'd0;
    end else begin
      if (push_i) begin
        write_pointer_q <= (write_pointer_q == 2'd2) ? 2'd0 : (write_pointer_q + 2'd1);
      end
      if (pop) begin
        read_pointer_q <= (read_pointer_q == 2'd2) ? 2'd0 : (read_pointer_q + 2'd1);
      end
      if (count_changes) begin
        count_q <= push_i ? (count_q + 2'd1) : (count_q - 2'd1);
      end
    end
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign valid_o = valid;
  assign data_o = entries_q[read_pointer_q];

`ifndef SYNTHESIS
  // The contract of the ports, checked in simulation only.
  always @(posedge aclk or negedge aresetn) begin
    if (aresetn) begin
      if (push_i && !((count_q != 2'd3) | pop)) begin
        $error("softmax_bf16_x8_axis_ends: push into a full queue");
      end
    end
  end
`endif

endmodule : softmax_bf16_x8_axis_ends
