// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x1: p_i = exp(x_i) / sum of exp(x_j), over the elements of a row: softmax by online
// normalisation
//
// Two passes over a row, whose buffer is outside: pass 1 (stat_*) keeps the running maximum and
// the running sum that is rescaled when the maximum grows, pass 2 (norm_*) takes the same beats
// again and gives the probabilities (prob_*). Pass 1 of a row runs while pass 2 of the one before
// does. stat_* and norm_* are handshakes; prob_* cannot be stalled.
// Every result is within one unit in the last place, for every row of finite scores; -inf (a mask)
// gives +0; p below 2^-126 gives +0. A NaN or +inf, or nothing but -inf, gives 0x7FC0 for the
// whole row. Equal scores give equal results, a larger score never a smaller one.
// stat_keep_i and norm_keep_i: every beat keeps its element. Other beats are outside the contract:
// assertions report them in simulation, their row's results mean nothing, and the rows after it
// are right.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits); subnormal scores are exact, results are
// never subnormal.
// Rows: up to 4096 elements, one per beat.
// Latency of pass 2: 4 cycles, one beat per cycle; registers at: product, key, difference, output.
// Registers of pass 1 at: product, key, term, and in the two recurrences.
//
// Generated, not edited by hand: npm run gen -- --unit softmax --lanes 1 --max-length 4096
// --stages 4 --subnormals keep

module softmax_bf16_x1 (
  input  logic             clk_i,
  input  logic             rst_ni, // asynchronous assertion, synchronous release
  input  logic             stat_valid_i, // pass 1 takes a beat where stat_ready_o is high
  input  logic             stat_last_i, // the last beat of its row
  input  logic       [0:0] stat_keep_i, // lanes that hold an element
  input  logic [0:0][15:0] stat_score_i, // BF16
  output logic             stat_ready_o,
  input  logic             norm_valid_i, // pass 2 takes a beat where norm_ready_o is high
  input  logic             norm_last_i, // the last beat of its row
  input  logic       [0:0] norm_keep_i, // lanes that hold an element
  input  logic [0:0][15:0] norm_score_i, // BF16
  output logic             norm_ready_o,
  output logic             prob_valid_o, // the outputs below hold a beat
  output logic             prob_last_o, // the last one of its row
  output logic       [0:0] prob_keep_o,
  output logic [0:0][15:0] prob_o
);

  logic        finished_full_q; // the statistics of a finished row
  logic [19:0] finished_maximum_q;
  logic  [3:0] finished_zeros_q;
  logic [11:0] finished_fraction_q;
  logic        finished_nan_q;
  logic        waiting_full_q; // the statistics of the next row
  logic [31:0] waiting_log_q; // maximum + log2(sum)
  logic        waiting_nan_q; // the whole row is NaN
  logic        current_full_q; // the statistics of the row in pass 2
  logic [31:0] current_log_q; // maximum + log2(sum)
  logic        current_nan_q; // the whole row is NaN
  logic  [1:0] rows_q; // rows between the end of pass 1's input and the end of pass 2's
  logic  [1:0] ready_rows_q; // of those, rows with their statistics
  logic        stat_ready_q; // room for the statistics of another row
  logic        norm_ready_q; // the statistics of the next row are there

  logic        stat_taken;
  logic        stat_row_end;
  logic        norm_taken;
  logic        norm_row_end;
  logic        row_done;
  logic [19:0] row_maximum;
  logic  [3:0] row_zeros;
  logic [11:0] row_fraction;
  logic        row_nan;
  logic        release_row;
  logic        prob_valid;
  logic        prob_last;
  logic        prob_keep;
  logic [15:0] prob;

  assign stat_taken = stat_valid_i & stat_ready_q;
  assign stat_row_end = stat_taken & stat_last_i;
  assign norm_taken = norm_valid_i & norm_ready_q;
  assign norm_row_end = norm_taken & norm_last_i;

  // Pass 1. Its outputs hold for the cycle in which row_done is high.
  softmax_bf16_x1_statistics u_statistics (
    .clk_i      (clk_i),
    .rst_ni     (rst_ni),
    .valid_i    (stat_taken),
    .last_i     (stat_last_i),
    .keep_i     (stat_keep_i),
    .score_i    (stat_score_i),
    .done_o     (row_done),
    .maximum_o  (row_maximum),
    .zeros_o    (row_zeros),
    .fraction_o (row_fraction),
    .nan_o      (row_nan)
  );

  // Pass 2.
  softmax_bf16_normalise #(.Lanes(1)) u_normalise (
    .clk_i     (clk_i),
    .rst_ni    (rst_ni),
    .valid_i   (norm_taken),
    .last_i    (norm_last_i),
    .keep_i    (norm_keep_i),
    .score_i   (norm_score_i),
    .row_log_i (current_log_q),
    .nan_i     (current_nan_q),
    .release_o (release_row),
    .valid_o   (prob_valid),
    .last_o    (prob_last),
    .keep_o    (prob_keep),
    .prob_o    (prob)
  );

  // ----------------------------------------------------------------------------
  // Statistics that wait: finished by pass 1, then with their logarithm, then in pass 2
  // ----------------------------------------------------------------------------
  logic current_free;
  logic waiting_free;
  logic arrive;

  assign current_free = ~current_full_q | release_row;
  assign waiting_free = ~waiting_full_q | current_free;
  assign arrive = finished_full_q & waiting_free;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      finished_full_q <= 1'b0;
    end else begin
      finished_full_q <= row_done | (finished_full_q & ~waiting_free);
    end
  end

  always_ff @(posedge clk_i) begin
    if (row_done) begin
      finished_maximum_q <= row_maximum;
      finished_zeros_q <= row_zeros;
      finished_fraction_q <= row_fraction;
      finished_nan_q <= row_nan;
    end
  end

  // ----------------------------------------------------------------------------
  // maximum + log2(sum): the exponent and a bipartite logarithm of 1 + fraction
  // ----------------------------------------------------------------------------
  logic  [8:0] log2_coarse;
  logic  [4:0] log2_fine;
  logic  [3:0] sum_exponent;
  logic [31:0] row_log;

  assign log2_coarse = softmax_bf16_pkg::log2_sum_coarse(finished_fraction_q[11:6]);
  assign log2_fine = softmax_bf16_pkg::log2_sum_fine({finished_fraction_q[11:8], finished_fraction_q[5:1]});
  assign sum_exponent = 4'd12 - finished_zeros_q;
  assign row_log =
      ({finished_maximum_q, finished_fraction_q} + {16'd0, sum_exponent, {3'd0, log2_coarse}})
      + {27'd0, log2_fine};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      waiting_full_q <= 1'b0;
      current_full_q <= 1'b0;
    end else begin
      waiting_full_q <= arrive | (waiting_full_q & ~current_free);
      current_full_q <= waiting_full_q | (current_full_q & ~release_row);
    end
  end

  always_ff @(posedge clk_i) begin
    if (arrive) begin
      waiting_log_q <= row_log;
      waiting_nan_q <= finished_nan_q;
    end
    if (current_free) begin
      current_log_q <= waiting_log_q;
      current_nan_q <= waiting_nan_q;
    end
  end

  // ----------------------------------------------------------------------------
  // Rows that pass 1 has taken, and rows that pass 2 may take
  // ----------------------------------------------------------------------------
  logic [1:0] rows_next;
  logic [1:0] ready_rows_next;

  assign rows_next = (rows_q + {1'b0, stat_row_end}) - {1'b0, norm_row_end};
  assign ready_rows_next = (ready_rows_q + {1'b0, arrive}) - {1'b0, norm_row_end};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rows_q <= 2'd0;
      ready_rows_q <= 2'd0;
      stat_ready_q <= 1'b0;
      norm_ready_q <= 1'b0;
    end else begin
      rows_q <= rows_next;
      ready_rows_q <= ready_rows_next;
      stat_ready_q <= rows_next != 2'd3;
      norm_ready_q <= ready_rows_next != 2'd0;
    end
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign stat_ready_o = stat_ready_q;
  assign norm_ready_o = norm_ready_q;
  assign prob_valid_o = prob_valid;
  assign prob_last_o = prob_last;
  assign prob_keep_o = prob_keep;
  assign prob_o = prob;

`ifndef SYNTHESIS
  // The contract of the ports, checked in simulation only.
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      if (stat_valid_i) begin : stat_not_empty
        assert (stat_keep_i)
        else $error("stat_keep_i breaks the rule that every beat keeps its element");
      end
      if (norm_valid_i) begin : norm_not_empty
        assert (norm_keep_i)
        else $error("norm_keep_i breaks the rule that every beat keeps its element");
      end
    end
  end
`endif

endmodule : softmax_bf16_x1
