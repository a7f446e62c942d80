// SPDX-License-Identifier: Apache-2.0
//
// fire_relu_bf16_x8_axis: position bias added, then ReLU (unfused), 8 lanes, AXI4-Stream on both
// sides
//
// sum = score + bias, rounded to nearest, ties to even; prob = sum if its sign is +, else +0. A
// NaN operand, or inf - inf, gives the canonical NaN; overflow gives +inf.
// The adder works out negative sums too, which the ReLU behind it drops: flare gives the same
// results for less.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 5 cycles, one of them in the queue of results, one beat per cycle; registers of the
// core at: input, select, align, output.
//
// TKEEP: every beat keeps at least one element; the kept elements of a beat are its low lanes;
// only the last beat of a row may drop elements; all bytes of an element are kept or dropped
// together, with its bias. Other beats are outside the contract: assertions report them in
// simulation, their row's results mean nothing, and the rows after it are right.
//
// Generated, not edited by hand: npm run gen -- --unit fire_relu --format bf16 --lanes 8 --stages
// 4 --subnormals keep

module fire_relu_bf16_x8_axis (
  input  logic         aclk,
  input  logic         aresetn, // asynchronous assertion, synchronous release
  input  logic [255:0] s_axis_tdata,
  input  logic  [31:0] s_axis_tkeep,
  input  logic         s_axis_tlast,
  input  logic         s_axis_tvalid,
  output logic         s_axis_tready,
  output logic [127:0] m_axis_tdata,
  output logic  [15:0] m_axis_tkeep,
  output logic         m_axis_tlast,
  output logic         m_axis_tvalid,
  input  logic         m_axis_tready
);

  logic      [2:0] credits_q; // entries not claimed
  logic      [3:0] s_axis_tlast_q; // s_axis_tlast, 1 to 4 cycles later
  logic [3:0][7:0] kept_q; // kept, 1 to 4 cycles later

  // ----------------------------------------------------------------------------
  // Flow control: each beat claims an entry of the queue before it is taken
  // ----------------------------------------------------------------------------
  logic ready;
  logic accept;

  assign ready = credits_q != 3'd0;
  assign accept = s_axis_tvalid & ready;

  // ----------------------------------------------------------------------------
  // Unpack the bus
  // ----------------------------------------------------------------------------
  logic [127:0] score;
  logic [127:0] bias;
  logic   [7:0] kept;
  logic         unused_keep;

  assign score = s_axis_tdata[127:0];
  assign bias = s_axis_tdata[255:128];

  // An element is kept when its lowest byte is; the contract makes its other bytes follow.
  assign kept =
      {s_axis_tkeep[14], s_axis_tkeep[12], s_axis_tkeep[10], s_axis_tkeep[8], s_axis_tkeep[6],
       s_axis_tkeep[4], s_axis_tkeep[2], s_axis_tkeep[0]};

  // The other bytes of an element, and its bias, are kept where its lowest score byte is.
  assign unused_keep =
      ^{s_axis_tkeep[31:15], s_axis_tkeep[13], s_axis_tkeep[11], s_axis_tkeep[9],
       s_axis_tkeep[7], s_axis_tkeep[5], s_axis_tkeep[3], s_axis_tkeep[1]};

  // ----------------------------------------------------------------------------
  // Compute; the end of the row and the kept lanes go beside the core
  // ----------------------------------------------------------------------------
  logic         core_valid;
  logic [127:0] prob;

  fire_relu_bf16_x8 u_core (
    .clk_i       (aclk),
    .rst_ni      (aresetn),
    .in_valid_i  (accept),
    .score_i     (score),
    .bias_i      (bias),
    .out_valid_o (core_valid),
    .prob_o      (prob)
  );

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
      {s_axis_tlast_q[3], kept_q[3], prob[126:112] & {15{kept_q[3][7]}},
       prob[110:96] & {15{kept_q[3][6]}}, prob[94:80] & {15{kept_q[3][5]}},
       prob[78:64] & {15{kept_q[3][4]}}, prob[62:48] & {15{kept_q[3][3]}},
       prob[46:32] & {15{kept_q[3][2]}}, prob[30:16] & {15{kept_q[3][1]}},
       prob[14:0] & {15{kept_q[3][0]}}};

  stream_fifo #(.Depth(6), .Width(129)) u_fifo (
    .clk_i       (aclk),
    .rst_ni      (aresetn),
    .push_i      (core_valid),
    .push_data_i (result),
    .ready_i     (m_axis_tready),
    .valid_o     (entry_valid),
    .data_o      (entry)
  );

  assign sent = entry_valid & m_axis_tready;
  assign credits_changes = sent != accept;

  always_ff @(posedge aclk or negedge aresetn) begin
    if (!aresetn) begin
      credits_q <= 3'd6;
    end else begin
      if (credits_changes) begin
        credits_q <= sent ? (credits_q + 3'd1) : (credits_q - 3'd1);
      end
    end
  end

  // ----------------------------------------------------------------------------
  // Pack the bus
  // ----------------------------------------------------------------------------
  logic [7:0] kept_out;

  assign kept_out = entry[127:120];

  // ----------------------------------------------------------------------------
  // Delays
  // ----------------------------------------------------------------------------
  always_ff @(posedge aclk) begin
    s_axis_tlast_q <= {s_axis_tlast_q[2:0], s_axis_tlast};
    kept_q <= {kept_q[2:0], kept};
  end

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
      if (s_axis_tvalid) begin : bias_together
        assert (s_axis_tkeep[31:16] == s_axis_tkeep[15:0])
        else $error("s_axis_tkeep breaks the rule that an element and its bias are kept or dropped together");
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

endmodule : fire_relu_bf16_x8_axis
