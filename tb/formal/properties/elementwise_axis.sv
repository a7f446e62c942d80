// What must hold of an AXI4-Stream wrapper around an elementwise core, at every rising clock edge.
//
// No beat is followed by its number, which would need counters without end, but by its place: at any acceptance whatever `mark` may
// choose the beat, and from then on `ahead_q` counts the beats in front of it. It must leave when that count says so, and as what
// was worked out when it came. As any beat may be the one, none is lost, duplicated, changed or overtaken.
//
// Nothing is assumed of the surroundings but that the first cycle is in reset: valid, ready, data and later resets are free.
module elementwise_axis #(
  parameter int Lanes = 1,
  parameter int Width = 16, // bits of an element
  parameter int Bytes = 2, // bytes of an element on the bus
  parameter int Operands = 1, // 2 where biases come above the scores
  parameter int Latency = 1 // cycles of the core
) (
  input  logic aclk,
  input  logic aresetn,
  input  logic [Operands*Lanes*Bytes*8-1:0] s_tdata,
  input  logic [Operands*Lanes*Bytes-1:0] s_tkeep,
  input  logic s_tlast,
  input  logic s_tvalid,
  input  logic s_tready,
  input  logic [Lanes*Bytes*8-1:0] m_tdata,
  input  logic [Lanes*Bytes-1:0] m_tkeep,
  input  logic m_tlast,
  input  logic m_tvalid,
  input  logic m_tready,
  // What the lanes are given, and what they make of it some cycles later.
  input  logic [Operands-1:0][Lanes-1:0][Width-1:0] operands,
  input  logic [Lanes-1:0][Width-1:0] answers,
  // Inside the wrapper: entries not claimed; beats in the queue, its pointers and its entries.
  input  logic [$clog2(Latency+3)-1:0] credits,
  input  logic [$clog2(Latency+3)-1:0] waiting,
  input  logic [$clog2(Latency+2)-1:0] write_pointer,
  input  logic [$clog2(Latency+2)-1:0] read_pointer,
  input  logic [Latency+1:0][Lanes+Lanes*(Width-1):0] entries,
  // 1 while the property holds.
  output logic ok_operands,
  output logic ok_reset,
  output logic ok_stable,
  output logic ok_nothing_extra,
  output logic ok_beat,
  output logic ok_ready,
  output logic ok_progress,
  output logic ok_inside,
  output logic ok_queue,
  // 1 from when it has happened.
  output logic seen_transfer,
  output logic seen_stall,
  output logic seen_full,
  output logic seen_last
);
  localparam int Depth = Latency + 2;
  localparam int CountWidth = $clog2(Depth + 1);

  logic started_q = 1'b0;
  always_ff @(posedge aclk) started_q <= 1'b1;
  always_comb if (!started_q) assume (!aresetn);

  logic accepted;
  logic sent;
  assign accepted = s_tvalid && s_tready;
  assign sent = m_tvalid && m_tready;

  // ---------------------------------------------------------------------------
  // Beats inside, and those that the core has under way, the youngest lowest
  // ---------------------------------------------------------------------------
  logic [CountWidth-1:0] inside_q;
  logic [Latency-1:0] underway_q;
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) begin
      inside_q <= '0;
      underway_q <= '0;
    end else begin
      inside_q <= inside_q + {{CountWidth-1{1'b0}}, accepted} - {{CountWidth-1{1'b0}}, sent};
      underway_q <= Latency'({underway_q, accepted});
    end

  logic [CountWidth-1:0] underway;
  always_comb begin
    underway = '0;
    for (int stage = 0; stage < Latency; stage++) underway = underway + {{CountWidth-1{1'b0}}, underway_q[stage]};
  end

  // ---------------------------------------------------------------------------
  // What must come of the beat on the bus: its end of a row, the lanes kept, and their results without signs, else 0
  // ---------------------------------------------------------------------------
  logic [Lanes-1:0] kept;
  logic [Lanes*(Width-1)-1:0] magnitudes;
  always_comb
    for (int lane = 0; lane < Lanes; lane++) begin
      kept[lane] = s_tkeep[lane*Bytes];
      magnitudes[lane*(Width-1) +: Width-1] = kept[lane] ? answers[lane][Width-2:0] : '0;
    end

  // ---------------------------------------------------------------------------
  // The beat that is followed
  // ---------------------------------------------------------------------------
  (* anyseq *) logic mark;
  logic following_q;
  logic [CountWidth-1:0] ahead_q;
  logic [Lanes+Lanes*(Width-1):0] due_q;
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) following_q <= 1'b0;
    else if (!following_q) following_q <= accepted && mark;
    else if (sent && ahead_q == '0) following_q <= 1'b0;
  always_ff @(posedge aclk)
    if (!following_q) begin
      ahead_q <= inside_q - {{CountWidth-1{1'b0}}, sent};
      due_q <= {s_tlast, kept, magnitudes};
    end else if (sent) begin
      ahead_q <= ahead_q - 1'b1;
    end

  logic last_due;
  logic [Lanes*Bytes-1:0] keep_due;
  logic [Lanes*Bytes*8-1:0] data_due;
  assign last_due = due_q[Lanes*Width];
  always_comb
    for (int lane = 0; lane < Lanes; lane++) begin
      keep_due[lane*Bytes +: Bytes] = {Bytes{due_q[Lanes*(Width-1) + lane]}};
      data_due[lane*Bytes*8 +: Bytes*8] = {{Bytes*8-Width+1{1'b0}}, due_q[lane*(Width-1) +: Width-1]};
    end

  // ---------------------------------------------------------------------------
  // The cycle before
  // ---------------------------------------------------------------------------
  logic stalled_q;
  logic sent_q;
  logic before_last_q;
  logic [Lanes*Bytes-1:0] before_keep_q;
  logic [Lanes*Bytes*8-1:0] before_data_q;
  logic [CountWidth-1:0] waited_q; // cycles on end with a beat inside and none at the output
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) begin
      stalled_q <= 1'b0;
      sent_q <= 1'b0;
      waited_q <= '0;
    end else begin
      stalled_q <= m_tvalid && !m_tready;
      sent_q <= sent;
      waited_q <= (m_tvalid || inside_q == '0) ? '0 : waited_q + 1'b1;
    end
  always_ff @(posedge aclk) begin
    before_last_q <= m_tlast;
    before_keep_q <= m_tkeep;
    before_data_q <= m_tdata;
  end

  // ---------------------------------------------------------------------------
  // At the ports
  // ---------------------------------------------------------------------------
  logic [Operands-1:0][Lanes-1:0][Width-1:0] operands_due;
  always_comb
    for (int operand = 0; operand < Operands; operand++)
      for (int lane = 0; lane < Lanes; lane++)
        operands_due[operand][lane] = s_tdata[(operand*Lanes + lane)*Bytes*8 +: Width];
  assign ok_operands = operands == operands_due;
  assign ok_reset = aresetn || !m_tvalid;
  assign ok_stable =
      !aresetn || !stalled_q
      || (m_tvalid && m_tlast == before_last_q && m_tkeep == before_keep_q && m_tdata == before_data_q);
  assign ok_nothing_extra = !m_tvalid || inside_q != '0;
  assign ok_beat =
      !aresetn || !m_tvalid || !following_q || ahead_q != '0
      || (m_tlast == last_due && m_tkeep == keep_due && m_tdata == data_due);
  assign ok_ready = s_tready == (inside_q != CountWidth'(Depth)) && (!aresetn || !sent_q || s_tready);
  assign ok_progress = !(inside_q != '0 && !m_tvalid && waited_q == CountWidth'(Latency));

  // ---------------------------------------------------------------------------
  // Inside: what the induction needs to know; a broken variant has to fail at its ports
  // ---------------------------------------------------------------------------
  logic [CountWidth:0] place;
  logic [CountWidth:0] next_place;
  assign place = {1'b0, read_pointer} + ahead_q;
  assign next_place = {1'b0, read_pointer} + waiting;
  assign ok_inside =
      inside_q <= CountWidth'(Depth)
      && credits == CountWidth'(Depth) - inside_q
      && waiting == inside_q - underway && underway <= inside_q
      && read_pointer < Depth
      && write_pointer == (next_place >= Depth ? next_place - Depth : next_place)
      && (!following_q || ahead_q < inside_q);
  assign ok_queue =
      !following_q || ahead_q >= waiting || entries[place >= Depth ? place - Depth : place] == due_q;

  always_comb begin
    assert (ok_operands);
    assert (ok_reset);
    assert (ok_stable);
    assert (ok_nothing_extra);
    assert (ok_beat);
    assert (ok_ready);
    assert (ok_progress);
`ifndef PORTS_ONLY
    assert (ok_inside);
    assert (ok_queue);
`endif
  end

  // ---------------------------------------------------------------------------
  // What can happen
  // ---------------------------------------------------------------------------
  always_ff @(posedge aclk or negedge aresetn)
    if (!aresetn) begin
      seen_transfer <= 1'b0;
      seen_stall <= 1'b0;
      seen_full <= 1'b0;
      seen_last <= 1'b0;
    end else begin
      seen_transfer <= seen_transfer || (accepted && sent);
      seen_stall <= seen_stall || (m_tvalid && !m_tready);
      seen_full <= seen_full || (s_tvalid && !s_tready);
      seen_last <= seen_last || (sent && m_tlast);
    end
endmodule
