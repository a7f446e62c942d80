// What must hold of the AXI4-Stream wrapper of softmax, at every rising clock edge, whatever its arithmetic answers: lanes of both
// passes are cut away, and their results are free.
//
// As in elementwise_axis.sv, any beat may be chosen by `mark` and is followed by its place; here by two of them, among the beats that
// have not left pass 2 and among those that have not left the wrapper. Rows may have any length, longer than the buffer too.
//
// Assumed: the first cycle is in reset; TKEEP keeps whole elements, the low ones, and all of them but in the last beat of a row.
module softmax_axis #(
  parameter int Lanes = 1,
  parameter int MostInside = 8, // beats that the wrapper can hold
  parameter int Latency = 11, // cycles from a row's last beat to its first result
  parameter int MostBlocked = 16 // cycles on end without TREADY while the results are taken
) (
  input  logic aclk,
  input  logic aresetn,
  input  logic [Lanes*16-1:0] s_tdata,
  input  logic [Lanes*2-1:0] s_tkeep,
  input  logic s_tlast,
  input  logic s_tvalid,
  input  logic s_tready,
  input  logic [Lanes*16-1:0] m_tdata,
  input  logic [Lanes*2-1:0] m_tkeep,
  input  logic m_tlast,
  input  logic m_tvalid,
  input  logic m_tready,
  // Inside the wrapper: the results as they leave pass 2.
  input  logic prob_valid,
  input  logic [Lanes*16-1:0] prob,
  // 1 while the property holds.
  output logic ok_reset,
  output logic ok_stable,
  output logic ok_nothing_extra,
  output logic ok_beat,
  output logic ok_room,
  output logic ok_progress,
  output logic ok_ready,
  // 1 from when it has happened.
  output logic seen_row,
  output logic seen_stall,
  output logic seen_full
);
  localparam int CountWidth = $clog2(MostInside + 2);
  localparam int TimeWidth = $clog2((Latency > MostBlocked ? Latency : MostBlocked) + 2);

  logic accepted;
  logic sent;
  assign accepted = s_tvalid && s_tready;
  assign sent = m_tvalid && m_tready;

  logic [Lanes-1:0] kept;
  logic [Lanes*2-1:0] keep_whole;
  always_comb
    for (int lane = 0; lane < Lanes; lane++) begin
      kept[lane] = s_tkeep[2*lane];
      keep_whole[2*lane +: 2] = {2{kept[lane]}};
    end

  logic started_q = 1'b0;
  always_ff @(posedge aclk) started_q <= 1'b1;
  always_comb begin
    if (!started_q) assume (!aresetn);
    if (s_tvalid) begin
      assume (s_tkeep == keep_whole);
      assume (kept[0]);
      assume ((kept & (kept + 1'b1)) == '0);
      assume (s_tlast || &kept);
    end
  end

  // ---------------------------------------------------------------------------
  // Beats inside, those of them that have not left pass 2, and whole rows
  // ---------------------------------------------------------------------------
  logic [CountWidth-1:0] inside_q;
  logic [CountWidth-1:0] unfinished_q;
  logic [CountWidth-1:0] rows_q;
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) begin
      inside_q <= '0;
      unfinished_q <= '0;
      rows_q <= '0;
    end else begin
      inside_q <= inside_q + {{CountWidth-1{1'b0}}, accepted} - {{CountWidth-1{1'b0}}, sent};
      unfinished_q <= unfinished_q + {{CountWidth-1{1'b0}}, accepted} - {{CountWidth-1{1'b0}}, prob_valid};
      rows_q <= rows_q + {{CountWidth-1{1'b0}}, accepted && s_tlast} - {{CountWidth-1{1'b0}}, sent && m_tlast};
    end

  // ---------------------------------------------------------------------------
  // The beat that is followed
  // ---------------------------------------------------------------------------
  (* anyseq *) logic mark;
  logic following_q;
  logic finished_q; // its result has left pass 2
  logic [CountWidth-1:0] ahead_q;
  logic [CountWidth-1:0] unfinished_ahead_q;
  logic last_due_q;
  logic [Lanes*2-1:0] keep_due_q;
  logic [Lanes*16-1:0] data_due_q;
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) following_q <= 1'b0;
    else if (!following_q) following_q <= accepted && mark;
    else if (sent && ahead_q == '0) following_q <= 1'b0;
  always_ff @(posedge aclk)
    if (!following_q) begin
      ahead_q <= inside_q - {{CountWidth-1{1'b0}}, sent};
      unfinished_ahead_q <= unfinished_q - {{CountWidth-1{1'b0}}, prob_valid};
      finished_q <= 1'b0;
      last_due_q <= s_tlast;
      keep_due_q <= s_tkeep;
    end else begin
      if (sent) ahead_q <= ahead_q - 1'b1;
      if (prob_valid && !finished_q) begin
        unfinished_ahead_q <= unfinished_ahead_q - 1'b1;
        finished_q <= unfinished_ahead_q == '0;
        data_due_q <= prob;
      end
    end

  // ---------------------------------------------------------------------------
  // The cycles before
  // ---------------------------------------------------------------------------
  logic stalled_q;
  logic before_last_q;
  logic [Lanes*2-1:0] before_keep_q;
  logic [Lanes*16-1:0] before_data_q;
  logic [TimeWidth-1:0] waited_q; // with a whole row inside, and nothing at the output
  logic [TimeWidth-1:0] blocked_q; // with the results taken, and TREADY low
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) begin
      stalled_q <= 1'b0;
      waited_q <= '0;
      blocked_q <= '0;
    end else begin
      stalled_q <= m_tvalid && !m_tready;
      waited_q <= (m_tvalid || rows_q == '0) ? '0 : waited_q + 1'b1;
      blocked_q <= (s_tready || !m_tready) ? '0 : blocked_q + 1'b1;
    end
  always_ff @(posedge aclk) begin
    before_last_q <= m_tlast;
    before_keep_q <= m_tkeep;
    before_data_q <= m_tdata;
  end

  logic [Lanes*16-1:0] data_due; // without signs
  always_comb
    for (int lane = 0; lane < Lanes; lane++) data_due[16*lane +: 16] = {1'b0, data_due_q[16*lane +: 15]};

  assign ok_reset = aresetn || !m_tvalid;
  assign ok_stable =
      !aresetn || !stalled_q
      || (m_tvalid && m_tlast == before_last_q && m_tkeep == before_keep_q && m_tdata == before_data_q);
  assign ok_nothing_extra = !m_tvalid || inside_q != '0;
  assign ok_beat =
      !aresetn || !m_tvalid || !following_q || ahead_q != '0
      || (finished_q && m_tlast == last_due_q && m_tkeep == keep_due_q && m_tdata == data_due);
  assign ok_room = inside_q <= MostInside;
  assign ok_progress = !(rows_q != '0 && !m_tvalid && waited_q == Latency);
  assign ok_ready = !aresetn || !(!s_tready && m_tready && blocked_q == MostBlocked);

  always_comb begin
    assert (ok_reset);
    assert (ok_stable);
    assert (ok_nothing_extra);
    assert (ok_beat);
    assert (ok_room);
    assert (ok_progress);
    assert (ok_ready);
  end

  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) begin
      seen_row <= 1'b0;
      seen_stall <= 1'b0;
      seen_full <= 1'b0;
    end else begin
      seen_row <= seen_row || (sent && m_tlast && rows_q > 1);
      seen_stall <= seen_stall || (m_tvalid && !m_tready);
      seen_full <= seen_full || (s_tvalid && !s_tready && inside_q == MostInside);
    end
endmodule
