// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x1_statistics: pass 1 of softmax: the running maximum and the running sum of a row
//
// maximum = largest floor(y), sum = sum of 2^(y - maximum), y = score x log2(e). The maximum is a
// whole number, so that rescaling the sum is a shift. Beats may come with gaps; the row's
// statistics are there for one cycle.

module softmax_bf16_x1_statistics (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             valid_i, // a beat
  input  logic             last_i, // the last one of its row
  input  logic       [0:0] keep_i,
  input  logic [0:0][15:0] score_i,
  output logic             done_o, // the statistics of a row
  output logic      [19:0] maximum_o,
  output logic       [3:0] zeros_o, // sum = 2^(integer bits - 1 - zeros) x (1 + fraction)
  output logic      [11:0] fraction_o,
  output logic             nan_o // NaN or +inf in the row, or nothing but -inf
);

  logic [1:0] valid_q; // valid_i, 1 to 2 cycles later
  logic [4:0] row_end_q; // row_end, 1 to 5 cycles later
  logic [1:0] poison_q; // poison, 1 to 2 cycles later

  logic             row_end;
  logic       [0:0] kept;
  logic       [0:0] lane_poison;
  logic       [0:0] lane_dead;
  logic [0:0][19:0] lane_integer;
  logic [0:0][12:0] lane_significand;
  logic             poison;

  assign row_end = valid_i & last_i;
  assign kept = keep_i & valid_i;

  for (genvar lane = 0; lane < 1; lane++) begin : gen_score
    softmax_bf16_score_lane u_score (
      .clk_i         (clk_i),
      .kept_i        (kept[lane]),
      .score_i       (score_i[lane]),
      .poison_o      (lane_poison[lane]),
      .dead_o        (lane_dead[lane]),
      .integer_o     (lane_integer[lane]),
      .significand_o (lane_significand[lane])
    );
  end

  assign poison = |lane_poison;

  // ----------------------------------------------------------------------------
  // Delays
  // ----------------------------------------------------------------------------
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= '0;
      row_end_q <= '0;
    end else begin
      valid_q <= {valid_q[0], valid_i};
      row_end_q <= {row_end_q[3:0], row_end};
    end
  end

  always_ff @(posedge clk_i) begin
    poison_q <= {poison_q[0], poison};
  end

  logic [19:0] running_maximum_q; // largest integer of the row so far
  logic        fresh_q; // the next beat is the first of its row
  logic        running_poison_q; // the row so far holds NaN or +inf

  logic [19:0] largest;

  assign largest = lane_integer;

  // ----------------------------------------------------------------------------
  // Running maximum of the integers: the sum is rescaled by whole powers of two
  // ----------------------------------------------------------------------------
  logic [20:0] rise;
  logic        rises;
  logic        forget;
  logic  [4:0] rise_low;
  logic [12:0] significand;
  logic        dead;

  // Minus 1: the complement, with no carry in.
  assign rise = {largest[19], largest} + ~{running_maximum_q[19], running_maximum_q};

  // A gap between beats changes nothing: it is dead.
  assign rises = fresh_q | ~rise[20];

  // Nothing is left of the sum so far.
  assign forget = fresh_q | (rises & ((largest[19] ^ largest[18]) | |rise[20:5]));

  assign rise_low = rise[4:0];
  assign significand = lane_significand;
  assign dead = lane_dead;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      fresh_q <= 1'b1;
    end else begin
      if (valid_q[1]) begin
        fresh_q <= row_end_q[1];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rises) begin
      running_maximum_q <= largest;
    end
    running_poison_q <= poison_q[1] | (running_poison_q & ~fresh_q);
  end

  // ----------------------------------------------------------------------------
  // Term: 2^(y - maximum)
  // ----------------------------------------------------------------------------
  logic below_by_32;
  logic no_term;

  assign below_by_32 = ~(&rise[20:5]);

  // Large scores count if equal.
  assign no_term =
      dead
      | (~rises & (below_by_32 | ((largest[19] ^ largest[18]) & ~(&rise[4:0]))));

  // ----------------------------------------------------------------------------
  // Stage 3
  // ----------------------------------------------------------------------------
  logic  [4:0] rise_low_q;
  logic        rises_q;
  logic        forget_q;
  logic        no_term_q;
  logic [12:0] significand_q;

  always_ff @(posedge clk_i) begin
    rise_low_q <= rise_low;
    rises_q <= rises;
    forget_q <= forget;
    no_term_q <= no_term;
    significand_q <= significand;
  end

  logic             clear_q;
  logic       [4:0] rescale_q;
  logic [1:0][19:0] row_maximum_q; // row_maximum, 1 to 2 cycles later
  logic       [1:0] row_poisoned_q; // row_poisoned, 1 to 2 cycles later

  // ----------------------------------------------------------------------------
  // Running maximum of the integers: the sum is rescaled by whole powers of two
  // ----------------------------------------------------------------------------
  logic        clear;
  logic  [4:0] rescale;
  logic [19:0] row_maximum;
  logic        row_poisoned;

  // A rise of 32 clears the sum as well.
  assign clear = forget_q | (rises_q & &rise_low_q);

  assign rescale = (rise_low_q + 5'd1) & {5{rises_q}};

  // This beat included.
  assign row_maximum = running_maximum_q;

  assign row_poisoned = running_poison_q;

  // ----------------------------------------------------------------------------
  // Term: 2^(y - maximum)
  // ----------------------------------------------------------------------------
  logic  [4:0] term_distance;
  logic [23:0] unit_term;
  logic [23:0] term;

  // maximum - integer, the complement of the difference; 0 for a new maximum.
  assign term_distance = ~(rise_low_q | {5{rises_q}});

  assign unit_term = {significand_q, 11'd0} & {24{~no_term_q}};
  assign term = unit_term >> term_distance;

  // ----------------------------------------------------------------------------
  // Delays
  // ----------------------------------------------------------------------------
  always_ff @(posedge clk_i) begin
    clear_q <= clear;
    rescale_q <= rescale;
    row_maximum_q <= {row_maximum_q[0], row_maximum};
    row_poisoned_q <= {row_poisoned_q[0], row_poisoned};
  end

  // ----------------------------------------------------------------------------
  // Stage 4: registers of the cut "term"
  // ----------------------------------------------------------------------------
  logic [23:0] term_q;

  always_ff @(posedge clk_i) begin
    term_q <= term;
  end

  logic [35:0] sum_q; // unsigned, 23 fraction bits

  // ----------------------------------------------------------------------------
  // Running sum: shift what is there to the new maximum, add the beat
  // ----------------------------------------------------------------------------
  logic [35:0] kept_sum;
  logic [35:0] rescaled_sum;

  assign kept_sum = sum_q & {36{~clear_q}};
  assign rescaled_sum = kept_sum >> rescale_q;

  always_ff @(posedge clk_i) begin
    sum_q <= rescaled_sum + {12'd0, term_q};
  end

  // ----------------------------------------------------------------------------
  // Running sum: shift what is there to the new maximum, add the beat
  // ----------------------------------------------------------------------------
  logic [35:0] row_sum;

  // This beat included.
  assign row_sum = sum_q;

  // ----------------------------------------------------------------------------
  // Leading one of the row's sum
  // ----------------------------------------------------------------------------
  logic [15:0] marks;
  logic [23:0] below_leading;
  logic        unused_row_sum;
  logic        no_sum;
  logic        skip_8;
  logic [23:0] below_leading_8;
  logic  [7:0] marks_8;
  logic        skip_4;
  logic [23:0] below_leading_4;
  logic  [3:0] marks_4;
  logic        skip_2;
  logic [23:0] below_leading_2;
  logic  [1:0] marks_2;
  logic        skip_1;
  logic [23:0] below_leading_1;
  logic        unused_marks;
  logic        unused_below;
  logic  [3:0] zeros;
  logic [11:0] fraction;

  // The integer bits.
  assign marks = {row_sum[35:23], 3'd0};

  assign below_leading = row_sum[34:11];

  // Below what the logarithm sees of the least sum.
  assign unused_row_sum = ^{row_sum[10:0]};

  assign no_sum = ~(|marks);
  assign skip_8 = ~(|marks[15:8]);
  assign below_leading_8 = skip_8 ? {below_leading[15:0], 8'd0} : below_leading;
  assign marks_8 = skip_8 ? marks[7:0] : marks[15:8];
  assign skip_4 = ~(|marks_8[7:4]);
  assign below_leading_4 = skip_4 ? {below_leading_8[19:0], 4'd0} : below_leading_8;
  assign marks_4 = skip_4 ? marks_8[3:0] : marks_8[7:4];
  assign skip_2 = ~(|marks_4[3:2]);
  assign below_leading_2 = skip_2 ? {below_leading_4[21:0], 2'd0} : below_leading_4;
  assign marks_2 = skip_2 ? marks_4[1:0] : marks_4[3:2];
  assign skip_1 = ~(|marks_2[1]);
  assign below_leading_1 = skip_1 ? {below_leading_2[22:0], 1'b0} : below_leading_2;

  // Where no bit above is 1, the last one is.
  assign unused_marks = ^{marks_2[0]};

  // The logarithm takes f in the middle of its step.
  assign unused_below = ^{below_leading_1[11:0]};

  assign zeros = {skip_8, skip_4, skip_2, skip_1};
  assign fraction = below_leading_1[23:12];

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign done_o = row_end_q[4];
  assign maximum_o = row_maximum_q[1];
  assign zeros_o = zeros;
  assign fraction_o = fraction;
  assign nan_o = no_sum | row_poisoned_q[1];

endmodule : softmax_bf16_x1_statistics
