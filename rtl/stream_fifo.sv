// SPDX-License-Identifier: Apache-2.0
//
// stream_fifo: queue, first in, first out
//
// The oldest entry stands at data_o while valid_o is high, until ready_i takes it. The queue
// refuses no push: the one who pushes counts the room.

module stream_fifo #(
  parameter int Depth = 2, // entries
  parameter int Width = 16, // bits of an entry
  localparam int PointerWidth = (Depth > 1) ? $clog2(Depth) : 1,
  localparam int CountWidth = $clog2(Depth + 1)
) (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             push_i,
  input  logic [Width-1:0] push_data_i,
  input  logic             ready_i,
  output logic             valid_o,
  output logic [Width-1:0] data_o
);

  logic        [Width-1:0] entries_q [Depth];
  logic [PointerWidth-1:0] write_pointer_q; // the entry that a push fills
  logic [PointerWidth-1:0] read_pointer_q; // the oldest entry
  logic   [CountWidth-1:0] count_q; // entries that wait

  logic valid;
  logic pop;
  logic count_changes;

  assign valid = count_q != '0;
  assign pop = valid & ready_i;

  always_ff @(posedge clk_i) begin
    if (push_i) begin
      entries_q[write_pointer_q] <= push_data_i;
    end
  end

  assign count_changes = push_i != pop;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      write_pointer_q <= '0;
      read_pointer_q <= '0;
      count_q <= '0;
    end else begin
      if (push_i) begin
        write_pointer_q <=
            (write_pointer_q == PointerWidth'(Depth - 1))
            ? '0
            : (write_pointer_q + PointerWidth'(1));
      end
      if (pop) begin
        read_pointer_q <=
            (read_pointer_q == PointerWidth'(Depth - 1))
            ? '0
            : (read_pointer_q + PointerWidth'(1));
      end
      if (count_changes) begin
        count_q <= push_i ? (count_q + CountWidth'(1)) : (count_q - CountWidth'(1));
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
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      if (push_i) begin : room
        assert ((count_q != CountWidth'(Depth)) | pop)
        else $error("stream_fifo: push into a full queue");
      end
    end
  end
`endif

endmodule : stream_fifo
