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
  logic [3:0] s_axis_tlast_q; // s_axis_tlast, 1 to 4 cycles later
  logic [3:0] kept_q; // kept, 1 to 4 cycles later

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
  // Compute; the end of the row and the kept lanes go beside the core
  // ----------------------------------------------------------------------------
  logic        core_valid;
  logic [15:0] prob;

  exp_bf16 u_core (
    .clk_i       (aclk),
    .rst_ni      (aresetn),
    .in_valid_i  (accept),
    .score_i     (score),
    .out_valid_o (core_valid),
    .prob_o      (prob)
  );

  // ----------------------------------------------------------------------------
  // Queue the results
  // ----------------------------------------------------------------------------
  logic        unused_signs;
  logic [16:0] result;
  logic        entry_valid;
  logic [16:0] entry;
  logic        sent;
  logic        credits_changes;

  // Always 0: a probability is never negative.
  assign unused_signs = ^{prob[15]};

  assign result = {s_axis_tlast_q[3], kept_q[3], prob[14:0] & {15{kept_q[3]}}};

  stream_fifo #(.Depth(6), .Width(17)) u_fifo (
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
  logic kept_out;

  assign kept_out = entry[15];

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
  assign m_axis_tdata = {1'b0, entry[14:0]};
  assign m_axis_tkeep = {2{kept_out}};
  assign m_axis_tlast = entry[16];
  assign m_axis_tvalid = entry_valid;

`ifndef SYNTHESIS
  // The contract of the ports, checked in simulation only.
  always @(posedge aclk or negedge aresetn) begin
    if (aresetn) begin
      if (s_axis_tvalid) begin : bytes_together
        assert (s_axis_tkeep[1] == kept)
        else $error("s_axis_tkeep breaks the rule that all bytes of an element are kept or dropped together");
      end
      if (s_axis_tvalid) begin : not_empty
        assert (kept)
        else $error("s_axis_tkeep breaks the rule that every beat keeps its element");
      end
    end
  end
`endif

endmodule : exp_bf16_axis
