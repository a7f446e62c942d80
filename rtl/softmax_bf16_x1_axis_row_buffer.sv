// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x1_axis_row_buffer: memory of 4096 words of 16 bits, one write port, one read port
//
// Both ports are synchronous: read_data_o holds the word of the latest cycle with read_i. A
// compiled SRAM with one write and one read port can take this module's place.
// A word is never read in the cycle that writes it.

module softmax_bf16_x1_axis_row_buffer (
  input  logic        aclk,
  input  logic        write_i,
  input  logic [11:0] write_address_i,
  input  logic [15:0] write_data_i,
  input  logic        read_i,
  input  logic [11:0] read_address_i,
  output logic [15:0] read_data_o
);

  logic [15:0] words_q [4096];
  logic [15:0] read_data_q;

  always_ff @(posedge aclk) begin
    if (write_i) begin
      words_q[write_address_i] <= write_data_i;
    end
  end

  always_ff @(posedge aclk) begin
    if (read_i) begin
      read_data_q <= words_q[read_address_i];
    end
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign read_data_o = read_data_q;

endmodule : softmax_bf16_x1_axis_row_buffer
