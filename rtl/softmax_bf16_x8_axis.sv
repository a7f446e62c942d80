// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x8_axis: p_i = exp(x_i) / sum of exp(x_j), over the elements of a row: softmax by
// online normalisation, AXI4-Stream on both sides
//
// TLAST ends a row. The row buffer is inside, as a module of its own, so that an SRAM can take its
// place. The next row is accepted while the one before it drains.
// A row longer than 4096 elements comes out at its own length with 0x7FC0 in every element.
// Every result is within one unit in the last place, for every row of finite scores; -inf (a mask)
// gives +0; p below 2^-126 gives +0. A NaN or +inf, or nothing but -inf, gives 0x7FC0 for the
// whole row. Equal scores give equal results, a larger score never a smaller one.
// TKEEP: every beat keeps at least one element; the kept elements of a beat are its low lanes;
// only the last beat of a row may drop elements; all bytes of an element are kept or dropped
// together. Other beats are outside the contract: assertions report them in simulation, their
// row's results mean nothing, and the rows after it are right.
// Latency: 19 cycles from a row's last beat to its first result, one beat per cycle.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits); subnormal scores are exact, results are
// never subnormal.
// Rows: up to 4096 elements, 8 per beat.
// Latency of pass 2: 4 cycles, one beat per cycle; registers at: product, key, difference, output.
// Registers of pass 1 at: product, key, maximum_1, maximum_2, distance, term, sum_2, sum_3, and in
// the two recurrences.
//
// Generated, not edited by hand: npm run gen -- --unit softmax --lanes 8 --max-length 4096
// --stages 4 --subnormals keep

module softmax_bf16_x8_axis (
  input  logic         aclk,
  input  logic         aresetn, // asynchronous assertion, synchronous release
  input  logic [127:0] s_axis_tdata,
  input  logic  [15:0] s_axis_tkeep,
  input  logic         s_axis_tlast,
  input  logic         s_axis_tvalid,
  output logic         s_axis_tready,
  output logic [127:0] m_axis_tdata,
  output logic  [15:0] m_axis_tkeep,
  output logic         m_axis_tlast,
  output logic         m_axis_tvalid,
  input  logic         m_axis_tready
);

  logic   [8:0] row_beats_q; // beats of the row so far
  logic         over_q; // the row is longer than the buffer
  logic   [9:0] stored_q; // beats in the row buffer
  logic   [8:0] write_pointer_q; // the next word to write
  logic   [8:0] read_pointer_q; // the oldest beat
  logic         reading_q; // the buffer gives a beat
  logic         ending_q; // the last one of its row
  logic         norm_valid_q; // a beat for pass 2
  logic         norm_last_q; // the last one of its row
  logic   [7:0] norm_keep_q;
  logic [127:0] norm_score_q; // so that an SRAM has a cycle of its own
  logic   [3:0] credits_q; // entries of the queue not claimed

  // ----------------------------------------------------------------------------
  // Unpack the bus
  // ----------------------------------------------------------------------------
  logic [127:0] score;
  logic   [7:0] kept;
  logic         unused_keep;

  assign score = s_axis_tdata;

  // An element is kept when its lowest byte is; the contract makes its other bytes follow.
  assign kept =
      {s_axis_tkeep[14], s_axis_tkeep[12], s_axis_tkeep[10], s_axis_tkeep[8], s_axis_tkeep[6],
       s_axis_tkeep[4], s_axis_tkeep[2], s_axis_tkeep[0]};

  // The other bytes of an element are kept where its lowest byte is.
  assign unused_keep =
      ^{s_axis_tkeep[15], s_axis_tkeep[13], s_axis_tkeep[11], s_axis_tkeep[9], s_axis_tkeep[7],
       s_axis_tkeep[5], s_axis_tkeep[3], s_axis_tkeep[1]};

  // ----------------------------------------------------------------------------
  // A row longer than the buffer: for pass 1 it ends there, with a NaN
  // ----------------------------------------------------------------------------
  logic row_full;
  logic too_long;
  logic stat_last;

  assign row_full = row_beats_q == 9'd511;
  assign too_long = row_full & ~s_axis_tlast & ~over_q;
  assign stat_last = s_axis_tlast | row_full;

  // ----------------------------------------------------------------------------
  // The core: pass 1 takes beats from the bus, pass 2 from the row buffer
  // ----------------------------------------------------------------------------
  logic         room;
  logic         stat_valid;
  logic [127:0] stat_score;
  logic         stat_ready;
  logic         norm_ready;
  logic         prob_valid;
  logic         prob_last;
  logic   [7:0] prob_keep;
  logic [127:0] prob;
  logic         ready;
  logic         accept;

  assign room = stored_q != 10'h200;
  assign stat_valid = s_axis_tvalid & room & ~over_q;

  // Lane 0: a NaN.
  assign stat_score = score | {113'd0, {15{too_long}}};

  softmax_bf16_x8 u_core (
    .clk_i        (aclk),
    .rst_ni       (aresetn),
    .stat_valid_i (stat_valid),
    .stat_last_i  (stat_last),
    .stat_keep_i  (kept),
    .stat_score_i (stat_score),
    .norm_valid_i (norm_valid_q),
    .norm_last_i  (norm_last_q),
    .norm_keep_i  (norm_keep_q),
    .norm_score_i (norm_score_q),
    .stat_ready_o (stat_ready),
    .norm_ready_o (norm_ready),
    .prob_valid_o (prob_valid),
    .prob_last_o  (prob_last),
    .prob_keep_o  (prob_keep),
    .prob_o       (prob)
  );

  assign ready = stat_ready & room;
  assign accept = s_axis_tvalid & ready;

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      row_beats_q <= 9'd0;
      over_q <= 1'b0;
    end else begin
      if (accept) begin
        row_beats_q <= (s_axis_tlast | row_full) ? 9'd0 : (row_beats_q + 9'd1);
        over_q <= (over_q | too_long) & ~s_axis_tlast;
      end
    end
  end

  // ----------------------------------------------------------------------------
  // Row buffer: a ring of beats, and beside it where each complete row ends
  // ----------------------------------------------------------------------------
  logic        row_end;
  logic        end_known;
  logic [16:0] end_of_row;
  logic        at_end;

  assign row_end = accept & s_axis_tlast;

  stream_fifo #(.Depth(3), .Width(17)) u_ends (
    .clk_i       (aclk),
    .rst_ni      (aresetn),
    .push_i      (row_end),
    .push_data_i ({write_pointer_q, kept}),
    .ready_i     (ending_q),
    .valid_o     (end_known),
    .data_o      (end_of_row)
  );

  assign at_end = end_known & (end_of_row[16:8] == read_pointer_q);

  // ----------------------------------------------------------------------------
  // Read a beat where pass 2 may take it and the queue of results has room for what comes of it
  // ----------------------------------------------------------------------------
  logic         read;
  logic [127:0] read_data;
  logic         stored_changes;

  // norm_ready speaks of the next row only once pass 2 has taken this row's last beat.
  assign read =
      norm_ready
      & ~(ending_q | norm_last_q)
      & (stored_q != 10'd0)
      & (credits_q != 4'd0);

  row_buffer #(.Depth(512), .Width(128)) u_row_buffer (
    .clk_i           (aclk),
    .write_i         (accept),
    .write_address_i (write_pointer_q),
    .write_data_i    (score),
    .read_i          (read),
    .read_address_i  (read_pointer_q),
    .read_data_o     (read_data)
  );

  assign stored_changes = accept != read;

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      stored_q <= 10'd0;
      write_pointer_q <= 9'd0;
      read_pointer_q <= 9'd0;
      reading_q <= 1'b0;
      ending_q <= 1'b0;
      norm_valid_q <= 1'b0;
      norm_last_q <= 1'b0;
    end else begin
      if (stored_changes) begin
        stored_q <= accept ? (stored_q + 10'd1) : (stored_q - 10'd1);
      end
      if (accept) begin
        write_pointer_q <= write_pointer_q + 9'd1;
      end
      if (read) begin
        read_pointer_q <= read_pointer_q + 9'd1;
      end
      reading_q <= read;
      ending_q <= read & at_end;
      norm_valid_q <= reading_q;
      norm_last_q <= ending_q;
    end
  end

  always_ff @(posedge aclk) begin
    if (reading_q) begin
      norm_keep_q <= end_of_row[7:0] | {8{~ending_q}};
      norm_score_q <= read_data;
    end
  end

  // ----------------------------------------------------------------------------
  // Queue the results
  // ----------------------------------------------------------------------------
  logic         unused_signs;
  logic [128:0] result;
  logic         entry_valid;
  logic [128:0] entry;
  logic         sent;
  logic         credits_changes;

  // Always 0: a probability is never negative.
  assign unused_signs =
      ^{prob[127], prob[111], prob[95], prob[79], prob[63], prob[47], prob[31], prob[15]};

  assign result =
      {prob_last, prob_keep, prob[126:112], prob[110:96], prob[94:80], prob[78:64], prob[62:48],
       prob[46:32], prob[30:16], prob[14:0]};

  stream_fifo #(.Depth(8), .Width(129)) u_fifo (
    .clk_i       (aclk),
    .rst_ni      (aresetn),
    .push_i      (prob_valid),
    .push_data_i (result),
    .ready_i     (m_axis_tready),
    .valid_o     (entry_valid),
    .data_o      (entry)
  );

  assign sent = entry_valid & m_axis_tready;
  assign credits_changes = sent != read;

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      credits_q <= 4'd8;
    end else begin
      if (credits_changes) begin
        credits_q <= sent ? (credits_q + 4'd1) : (credits_q - 4'd1);
      end
    end
  end

  // ----------------------------------------------------------------------------
  // Pack the bus
  // ----------------------------------------------------------------------------
  logic [7:0] kept_out;

  assign kept_out = entry[127:120];

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign s_axis_tready = ready;
  assign m_axis_tdata =
      {1'b0, entry[119:105], 1'b0, entry[104:90], 1'b0, entry[89:75], 1'b0, entry[74:60], 1'b0,
       entry[59:45], 1'b0, entry[44:30], 1'b0, entry[29:15], 1'b0, entry[14:0]};
  assign m_axis_tkeep =
      {{2{kept_out[7]}}, {2{kept_out[6]}}, {2{kept_out[5]}}, {2{kept_out[4]}}, {2{kept_out[3]}},
       {2{kept_out[2]}}, {2{kept_out[1]}}, {2{kept_out[0]}}};
  assign m_axis_tlast = entry[128];
  assign m_axis_tvalid = entry_valid;

`ifndef SYNTHESIS
  // The contract of the ports, checked in simulation only.
  always @(posedge aclk or negedge aresetn) begin
    if (aresetn) begin
      if (s_axis_tvalid) begin : bytes_together
        assert (
            {s_axis_tkeep[15], s_axis_tkeep[13], s_axis_tkeep[11], s_axis_tkeep[9], s_axis_tkeep[7],
             s_axis_tkeep[5], s_axis_tkeep[3], s_axis_tkeep[1]}
            == kept)
        else $error("s_axis_tkeep breaks the rule that all bytes of an element are kept or dropped together");
      end
      if (s_axis_tvalid) begin : not_empty
        assert (kept[0])
        else $error("s_axis_tkeep breaks the rule that every beat keeps at least one element");
      end
      if (s_axis_tvalid) begin : low_lanes
        assert ((kept[7:1] & ~kept[6:0]) == 7'd0)
        else $error("s_axis_tkeep breaks the rule that the kept elements of a beat are its low lanes");
      end
      if (s_axis_tvalid) begin : partial_at_end
        assert (s_axis_tlast | kept[7])
        else $error("s_axis_tkeep breaks the rule that only the last beat of a row may drop elements");
      end
    end
  end
`endif

endmodule : softmax_bf16_x8_axis
