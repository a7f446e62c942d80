// SPDX-License-Identifier: Apache-2.0
//
// flare_bf16_x8_axis: position bias and ReLU fused: the comparison decides before the addition, 8
// lanes, AXI4-Stream on both sides
//
// prob = score + bias, rounded to nearest, ties to even, if bias > -score; else +0. A NaN operand,
// or inf - inf, gives the canonical NaN; overflow gives +inf.
// It works out no negative sum: use an adder where one is wanted.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 5 cycles, one of them in the queue of results, one beat per cycle; registers of the
// core at: input, select, align, output.
// Operand isolation: on, what follows the comparison holds still where the result is 0.
//
// TKEEP: every beat keeps at least one element; the kept elements of a beat are its low lanes;
// only the last beat of a row may drop elements; all bytes of an element are kept or dropped
// together, with its bias. Other beats are outside the contract: assertions report them in
// simulation, their row's results mean nothing, and the rows after it are right.
//
// Generated, not edited by hand: npm run gen -- --unit flare --format bf16 --lanes 8 --stages 4
// --subnormals keep

module flare_bf16_x8_axis (
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

  logic [2:0] credits_q; // entries not claimed

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
      ^{s_axis_tkeep[31], s_axis_tkeep[30], s_axis_tkeep[29], s_axis_tkeep[28],
       s_axis_tkeep[27], s_axis_tkeep[26], s_axis_tkeep[25], s_axis_tkeep[24], s_axis_tkeep[23],
       s_axis_tkeep[22], s_axis_tkeep[21], s_axis_tkeep[20], s_axis_tkeep[19], s_axis_tkeep[18],
       s_axis_tkeep[17], s_axis_tkeep[16], s_axis_tkeep[15], s_axis_tkeep[13], s_axis_tkeep[11],
       s_axis_tkeep[9], s_axis_tkeep[7], s_axis_tkeep[5], s_axis_tkeep[3], s_axis_tkeep[1]};

  // ----------------------------------------------------------------------------
  // Compute, and queue the results
  // ----------------------------------------------------------------------------
  logic         beat_valid;
  logic [128:0] beat_entry;
  logic         entry_valid;
  logic [128:0] entry;
  logic         sent;
  logic         credits_changes;

  flare_bf16_x8_axis_beat u_beat (
    .aclk    (aclk),
    .aresetn (aresetn),
    .valid_i (accept),
    .last_i  (s_axis_tlast),
    .kept_i  (kept),
    .score_i (score),
    .bias_i  (bias),
    .valid_o (beat_valid),
    .entry_o (beat_entry)
  );

  flare_bf16_x8_axis_fifo u_fifo (
    .aclk        (aclk),
    .aresetn     (aresetn),
    .push_i      (beat_valid),
    .push_data_i (beat_entry),
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
      if (s_axis_tvalid && !(
          s_axis_tkeep
          == {2{{{2{kept[7]}}, {2{kept[6]}}, {2{kept[5]}}, {2{kept[4]}}, {2{kept[3]}}, {2{kept[2]}}, {2{kept[1]}}, {2{kept[0]}}}}})) begin
        $error("s_axis_tkeep breaks the rule that all bytes of an element are kept or dropped together, with its bias");
      end
      if (s_axis_tvalid && !(kept[0])) begin
        $error("s_axis_tkeep breaks the rule that every beat keeps at least one element");
      end
      if (s_axis_tvalid && !((kept[7:1] & ~kept[6:0]) == 7'd0)) begin
        $error("s_axis_tkeep breaks the rule that the kept elements of a beat are its low lanes");
      end
      if (s_axis_tvalid && !(s_axis_tlast | kept[7])) begin
        $error("s_axis_tkeep breaks the rule that only the last beat of a row may drop elements");
      end
    end
  end
`endif

endmodule : flare_bf16_x8_axis
