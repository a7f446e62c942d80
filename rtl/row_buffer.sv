// SPDX-License-Identifier: Apache-2.0
//
// row_buffer: memory with one write port and one read port
//
// Both ports are synchronous: read_data_o holds the word of the latest cycle with read_i. A
// compiled SRAM with one write and one read port can take this module's place.
// A word is never read in the cycle that writes it.

module row_buffer #(
  parameter int Depth = 4096, // words
  parameter int Width = 16, // bits of a word
  localparam int AddressWidth = (Depth > 1) ? $clog2(Depth) : 1
) (
  input  logic                    clk_i,
  input  logic                    write_i,
  input  logic [AddressWidth-1:0] write_address_i,
  input  logic        [Width-1:0] write_data_i,
  input  logic                    read_i,
  input  logic [AddressWidth-1:0] read_address_i,
  output logic        [Width-1:0] read_data_o
);

  logic [Width-1:0] words_q [Depth];
  logic [Width-1:0] read_data_q;

  always_ff @(posedge clk_i) begin
    if (write_i) begin
      words_q[write_address_i] <= write_data_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (read_i) begin
      read_data_q <= words_q[read_address_i];
    end
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign read_data_o = read_data_q;

endmodule : row_buffer
