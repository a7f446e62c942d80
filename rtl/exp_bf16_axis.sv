// SPDX-License-Identifier: Apache-2.0
//
// exp_bf16_axis: the exponential of softmax's pass 2 by itself, for tests, 1 lane, AXI4-Stream on
// both sides
//
// prob = e^score. Overflow gives +inf, a result below 2^-126 gives +0, a NaN gives the canonical
// NaN. Every result is within one unit in the last place.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 5 cycles, one of them in the queue of results, one beat per cycle; registers of the
// core at: input, product, key, output.
//
// TKEEP: every beat keeps its element; all bytes of an element are kept or dropped together. Other
// beats are outside the contract: assertions report them in simulation, their row's results mean
// nothing, and the rows after it are right.
//
// Generated, not edited by hand: npm run gen -- --unit exp --format bf16 --lanes 1 --stages 4
// --subnormals keep

module exp_bf16_axis (
  input  logic        aclk,
  input  logic        aresetn, // asynchronous assertion, synchronous release
  input  logic [15:0] s_axis_tdata,
  input  logic  [1:0] s_axis_tkeep,
  input  logic        s_axis_tlast,
  input  logic        s_axis_tvalid,
  output logic        s_axis_tready,
  output logic [15:0] m_axis_tdata,
  output logic  [1:0] m_axis_tkeep,
  output logic        m_axis_tlast,
  output logic        m_axis_tvalid,
  input  logic        m_axis_tready
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
  logic [15:0] score;
  logic        kept;
  logic        unused_keep;

  assign score = s_axis_tdata;

  // An element is kept when its lowest byte is; the contract makes its other bytes follow.
  assign kept = s_axis_tkeep[0];

  // The other bytes of an element are kept where its lowest byte is.
  assign unused_keep = ^{s_axis_tkeep[1]};

  // ----------------------------------------------------------------------------
  // Compute, and queue the results
  // ----------------------------------------------------------------------------
  logic        beat_valid;
  logic [16:0] beat_entry;
  logic        entry_valid;
  logic [16:0] entry;
  logic        sent;
  logic        credits_changes;

  exp_bf16_axis_beat u_beat (
    .aclk    (aclk),
    .aresetn (aresetn),
    .valid_i (accept),
    .last_i  (s_axis_tlast),
    .kept_i  (kept),
    .score_i (score),
    .valid_o (beat_valid),
    .entry_o (beat_entry)
  );

  exp_bf16_axis_fifo u_fifo (
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
  logic kept_out;

  assign kept_out = entry[15];

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign s_axis_tready = ready;
  assign m_axis_tdata = {1'b0, entry[14:0]};
  assign m_axis_tkeep = {2{kept_out}};
  assign m_axis_tlast = entry[16];
  assign m_axis_tvalid = entry_valid;

`ifndef SYNTHESIS
  // The contract of the ports, checked in simulation only.
  always @(posedge aclk or negedge aresetn) begin
    if (aresetn) begin
      if (s_axis_tvalid && !(s_axis_tkeep == {2{kept}})) begin
        $error("s_axis_tkeep breaks the rule that all bytes of an element are kept or dropped together");
      end
      if (s_axis_tvalid && !(kept)) begin
        $error("s_axis_tkeep breaks the rule that every beat keeps its element");
      end
    end
  end
`endif

endmodule : exp_bf16_axis
