// SPDX-License-Identifier: Apache-2.0
//
// softmax_bf16_x8_statistics_score_lane: a score as a power of two, one lane of softmax's pass 1
//
// y = score x log2(e) = integer_o + fraction; significand_o = 2^fraction. A lane that is not kept,
// -inf, NaN and +inf are dead: no term of the sum. NaN and +inf also poison the row.

module softmax_bf16_x8_statistics_score_lane (
  input  logic        clk_i,
  input  logic        kept_i, // the lane holds an element of a beat
  input  logic [15:0] score_i,
  output logic        poison_o, // NaN or +inf
  output logic        dead_o, // no term of the sum
  output logic [19:0] integer_o, // floor(y)
  output logic [12:0] significand_o
);

  // n x log2(e), in units of 2^-17.
  function automatic logic [21:0] times_log2e(input logic [3:0] address);
    case (address)
      4'd0: times_log2e = 22'd0;
      4'd1: times_log2e = 22'h2e2a9;
      4'd2: times_log2e = 22'h5c552;
      4'd3: times_log2e = 22'h8a7fb;
      4'd4: times_log2e = 22'hb8aa4;
      4'd5: times_log2e = 22'he6d4d;
      4'd6: times_log2e = 22'h114ff6;
      4'd7: times_log2e = 22'h14329f;
      4'd8: times_log2e = 22'h171548;
      4'd9: times_log2e = 22'h19f7f1;
      4'd10: times_log2e = 22'h1cda9a;
      4'd11: times_log2e = 22'h1fbd43;
      4'd12: times_log2e = 22'h229fec;
      4'd13: times_log2e = 22'h258295;
      4'd14: times_log2e = 22'h28653e;
      4'd15: times_log2e = 22'h2b47e7;
    endcase
  endfunction

  // Level of each segment, by the top bits of the fraction.
  function automatic logic [9:0] exp2_term_coarse(input logic [5:0] address);
    case (address)
      6'd0: exp2_term_coarse = 10'h3f0;
      6'd1: exp2_term_coarse = 10'h3dc;
      6'd2: exp2_term_coarse = 10'h3c9;
      6'd3: exp2_term_coarse = 10'h3b7;
      6'd4: exp2_term_coarse = 10'h3a5;
      6'd5: exp2_term_coarse = 10'h394;
      6'd6: exp2_term_coarse = 10'h383;
      6'd7: exp2_term_coarse = 10'h373;
      6'd8: exp2_term_coarse = 10'h366;
      6'd9: exp2_term_coarse = 10'h356;
      6'd10: exp2_term_coarse = 10'h348;
      6'd11: exp2_term_coarse = 10'h33a;
      6'd12: exp2_term_coarse = 10'h32c;
      6'd13: exp2_term_coarse = 10'h31f;
      6'd14: exp2_term_coarse = 10'h313;
      6'd15: exp2_term_coarse = 10'h307;
      6'd16: exp2_term_coarse = 10'h2fe;
      6'd17: exp2_term_coarse = 10'h2f3;
      6'd18: exp2_term_coarse = 10'h2e9;
      6'd19: exp2_term_coarse = 10'h2e0;
      6'd20: exp2_term_coarse = 10'h2d7;
      6'd21: exp2_term_coarse = 10'h2cf;
      6'd22: exp2_term_coarse = 10'h2c7;
      6'd23: exp2_term_coarse = 10'h2c0;
      6'd24: exp2_term_coarse = 10'h2bb;
      6'd25: exp2_term_coarse = 10'h2b5;
      6'd26: exp2_term_coarse = 10'h2b0;
      6'd27: exp2_term_coarse = 10'h2ac;
      6'd28: exp2_term_coarse = 10'h2a8;
      6'd29: exp2_term_coarse = 10'h2a4;
      6'd30: exp2_term_coarse = 10'h2a2;
      6'd31: exp2_term_coarse = 10'h2a0;
      6'd32: exp2_term_coarse = 10'h2a0;
      6'd33: exp2_term_coarse = 10'h29f;
      6'd34: exp2_term_coarse = 10'h29f;
      6'd35: exp2_term_coarse = 10'h2a0;
      6'd36: exp2_term_coarse = 10'h2a1;
      6'd37: exp2_term_coarse = 10'h2a4;
      6'd38: exp2_term_coarse = 10'h2a7;
      6'd39: exp2_term_coarse = 10'h2aa;
      6'd40: exp2_term_coarse = 10'h2ad;
      6'd41: exp2_term_coarse = 10'h2b2;
      6'd42: exp2_term_coarse = 10'h2b8;
      6'd43: exp2_term_coarse = 10'h2be;
      6'd44: exp2_term_coarse = 10'h2c6;
      6'd45: exp2_term_coarse = 10'h2ce;
      6'd46: exp2_term_coarse = 10'h2d7;
      6'd47: exp2_term_coarse = 10'h2e1;
      6'd48: exp2_term_coarse = 10'h2e8;
      6'd49: exp2_term_coarse = 10'h2f4;
      6'd50: exp2_term_coarse = 10'h300;
      6'd51: exp2_term_coarse = 10'h30d;
      6'd52: exp2_term_coarse = 10'h31b;
      6'd53: exp2_term_coarse = 10'h32a;
      6'd54: exp2_term_coarse = 10'h339;
      6'd55: exp2_term_coarse = 10'h34a;
      6'd56: exp2_term_coarse = 10'h357;
      6'd57: exp2_term_coarse = 10'h36a;
      6'd58: exp2_term_coarse = 10'h37d;
      6'd59: exp2_term_coarse = 10'h391;
      6'd60: exp2_term_coarse = 10'h3a6;
      6'd61: exp2_term_coarse = 10'h3bc;
      6'd62: exp2_term_coarse = 10'h3d2;
      6'd63: exp2_term_coarse = 10'h3ea;
    endcase
  endfunction

  // Departure from that level: slope group, place in the segment.
  function automatic logic [4:0] exp2_term_fine(input logic [6:0] address);
    case (address)
      7'd0: exp2_term_fine = 5'd16;
      7'd1: exp2_term_fine = 5'd15;
      7'd2: exp2_term_fine = 5'd14;
      7'd3: exp2_term_fine = 5'd13;
      7'd4: exp2_term_fine = 5'd12;
      7'd5: exp2_term_fine = 5'd11;
      7'd6: exp2_term_fine = 5'd10;
      7'd7: exp2_term_fine = 5'd9;
      7'd8: exp2_term_fine = 5'd7;
      7'd9: exp2_term_fine = 5'd6;
      7'd10: exp2_term_fine = 5'd5;
      7'd11: exp2_term_fine = 5'd4;
      7'd12: exp2_term_fine = 5'd3;
      7'd13: exp2_term_fine = 5'd2;
      7'd14: exp2_term_fine = 5'd1;
      7'd15: exp2_term_fine = 5'd0;
      7'd16: exp2_term_fine = 5'd12;
      7'd17: exp2_term_fine = 5'd11;
      7'd18: exp2_term_fine = 5'd11;
      7'd19: exp2_term_fine = 5'd10;
      7'd20: exp2_term_fine = 5'd9;
      7'd21: exp2_term_fine = 5'd8;
      7'd22: exp2_term_fine = 5'd7;
      7'd23: exp2_term_fine = 5'd6;
      7'd24: exp2_term_fine = 5'd6;
      7'd25: exp2_term_fine = 5'd5;
      7'd26: exp2_term_fine = 5'd4;
      7'd27: exp2_term_fine = 5'd3;
      7'd28: exp2_term_fine = 5'd2;
      7'd29: exp2_term_fine = 5'd1;
      7'd30: exp2_term_fine = 5'd1;
      7'd31: exp2_term_fine = 5'd0;
      7'd32: exp2_term_fine = 5'd8;
      7'd33: exp2_term_fine = 5'd8;
      7'd34: exp2_term_fine = 5'd7;
      7'd35: exp2_term_fine = 5'd6;
      7'd36: exp2_term_fine = 5'd6;
      7'd37: exp2_term_fine = 5'd5;
      7'd38: exp2_term_fine = 5'd5;
      7'd39: exp2_term_fine = 5'd4;
      7'd40: exp2_term_fine = 5'd4;
      7'd41: exp2_term_fine = 5'd3;
      7'd42: exp2_term_fine = 5'd3;
      7'd43: exp2_term_fine = 5'd2;
      7'd44: exp2_term_fine = 5'd1;
      7'd45: exp2_term_fine = 5'd1;
      7'd46: exp2_term_fine = 5'd0;
      7'd47: exp2_term_fine = 5'd0;
      7'd48: exp2_term_fine = 5'd4;
      7'd49: exp2_term_fine = 5'd4;
      7'd50: exp2_term_fine = 5'd3;
      7'd51: exp2_term_fine = 5'd3;
      7'd52: exp2_term_fine = 5'd3;
      7'd53: exp2_term_fine = 5'd3;
      7'd54: exp2_term_fine = 5'd2;
      7'd55: exp2_term_fine = 5'd2;
      7'd56: exp2_term_fine = 5'd2;
      7'd57: exp2_term_fine = 5'd2;
      7'd58: exp2_term_fine = 5'd1;
      7'd59: exp2_term_fine = 5'd1;
      7'd60: exp2_term_fine = 5'd1;
      7'd61: exp2_term_fine = 5'd1;
      7'd62: exp2_term_fine = 5'd0;
      7'd63: exp2_term_fine = 5'd0;
      7'd64: exp2_term_fine = 5'd0;
      7'd65: exp2_term_fine = 5'd0;
      7'd66: exp2_term_fine = 5'd0;
      7'd67: exp2_term_fine = 5'd1;
      7'd68: exp2_term_fine = 5'd1;
      7'd69: exp2_term_fine = 5'd1;
      7'd70: exp2_term_fine = 5'd1;
      7'd71: exp2_term_fine = 5'd1;
      7'd72: exp2_term_fine = 5'd1;
      7'd73: exp2_term_fine = 5'd1;
      7'd74: exp2_term_fine = 5'd1;
      7'd75: exp2_term_fine = 5'd1;
      7'd76: exp2_term_fine = 5'd1;
      7'd77: exp2_term_fine = 5'd2;
      7'd78: exp2_term_fine = 5'd2;
      7'd79: exp2_term_fine = 5'd2;
      7'd80: exp2_term_fine = 5'd0;
      7'd81: exp2_term_fine = 5'd0;
      7'd82: exp2_term_fine = 5'd0;
      7'd83: exp2_term_fine = 5'd1;
      7'd84: exp2_term_fine = 5'd1;
      7'd85: exp2_term_fine = 5'd2;
      7'd86: exp2_term_fine = 5'd2;
      7'd87: exp2_term_fine = 5'd3;
      7'd88: exp2_term_fine = 5'd3;
      7'd89: exp2_term_fine = 5'd4;
      7'd90: exp2_term_fine = 5'd4;
      7'd91: exp2_term_fine = 5'd5;
      7'd92: exp2_term_fine = 5'd5;
      7'd93: exp2_term_fine = 5'd6;
      7'd94: exp2_term_fine = 5'd6;
      7'd95: exp2_term_fine = 5'd7;
      7'd96: exp2_term_fine = 5'd0;
      7'd97: exp2_term_fine = 5'd0;
      7'd98: exp2_term_fine = 5'd1;
      7'd99: exp2_term_fine = 5'd2;
      7'd100: exp2_term_fine = 5'd3;
      7'd101: exp2_term_fine = 5'd4;
      7'd102: exp2_term_fine = 5'd5;
      7'd103: exp2_term_fine = 5'd6;
      7'd104: exp2_term_fine = 5'd6;
      7'd105: exp2_term_fine = 5'd7;
      7'd106: exp2_term_fine = 5'd8;
      7'd107: exp2_term_fine = 5'd9;
      7'd108: exp2_term_fine = 5'd10;
      7'd109: exp2_term_fine = 5'd11;
      7'd110: exp2_term_fine = 5'd12;
      7'd111: exp2_term_fine = 5'd13;
      7'd112: exp2_term_fine = 5'd0;
      7'd113: exp2_term_fine = 5'd2;
      7'd114: exp2_term_fine = 5'd3;
      7'd115: exp2_term_fine = 5'd4;
      7'd116: exp2_term_fine = 5'd5;
      7'd117: exp2_term_fine = 5'd7;
      7'd118: exp2_term_fine = 5'd8;
      7'd119: exp2_term_fine = 5'd9;
      7'd120: exp2_term_fine = 5'd11;
      7'd121: exp2_term_fine = 5'd12;
      7'd122: exp2_term_fine = 5'd13;
      7'd123: exp2_term_fine = 5'd15;
      7'd124: exp2_term_fine = 5'd16;
      7'd125: exp2_term_fine = 5'd17;
      7'd126: exp2_term_fine = 5'd19;
      7'd127: exp2_term_fine = 5'd20;
    endcase
  endfunction

  // ----------------------------------------------------------------------------
  // What is no term of the sum
  // ----------------------------------------------------------------------------
  logic special;
  logic poison;
  logic dead;
  logic off;

  // Infinity or NaN.
  assign special = &score_i[14:7];
  assign poison = kept_i & special & ~(score_i[15] & ~(|score_i[6:0]));
  assign dead = ~kept_i | special;
  assign off = ~kept_i;

  // ----------------------------------------------------------------------------
  // Score to key: classify, multiply by log2(e), align
  // ----------------------------------------------------------------------------
  logic  [7:0] exponent;
  logic [21:0] product_high;
  logic [21:0] product_low;
  logic [25:0] full_product;
  logic        is_large;
  logic        tiny;
  logic  [6:0] mantissa;
  logic [25:0] product;
  logic  [4:0] distance;
  logic        negative;

  assign exponent = score_i[14:7] | {8{off}};
  assign product_high = times_log2e({1'b1, score_i[6:4]});
  assign product_low = times_log2e(score_i[3:0]);

  // At most 255 x log2(e).
  assign full_product = {product_high, 4'd0} + {4'd0, product_low};

  // |x| >= 2^15: the key is the code itself, in steps of 16.
  assign is_large = exponent[7] & (|exponent[6:4] | &exponent[3:1]);

  // |x| < 2^-15: the key is that of 0; only the sign still counts.
  assign tiny = ~(exponent[7] | &exponent[6:4]);

  // Nothing of what stands in a lane that is off.
  assign mantissa = score_i[6:0] & {7{~off}};
  assign product =
      (full_product & {26{~(is_large | tiny)}})
      | ({exponent[6:0], mantissa, 12'd0} & {26{is_large}});

  // 143 - exponent, from 2 to 31; a large score is not shifted.
  assign distance = {exponent[4], ~exponent[3:0]} & {5{~is_large}};

  // -0 is 0.
  assign negative = (score_i[15] & |score_i[14:0]) | off;

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "product"
  // ----------------------------------------------------------------------------
  logic [25:0] product_q;
  logic  [4:0] distance_q;
  logic        is_large_q;
  logic        negative_q;
  logic        dead_q;

  always_ff @(posedge clk_i) begin
    product_q <= product;
    distance_q <= distance;
    is_large_q <= is_large;
    negative_q <= negative;
    dead_q <= dead;
  end

  // ----------------------------------------------------------------------------
  // Score to key: classify, multiply by log2(e), align
  // ----------------------------------------------------------------------------
  logic [29:0] unaligned;
  logic [29:0] magnitude_by_16;
  logic [29:0] magnitude_by_8;
  logic [29:0] magnitude_by_4;
  logic [29:0] magnitude_by_2;
  logic [29:0] magnitude_by_1;
  logic [31:0] key;

  assign unaligned = {product_q, 4'd0};
  assign magnitude_by_16 = distance_q[4] ? {16'd0, unaligned[29:16]} : unaligned;
  assign magnitude_by_8 = distance_q[3] ? {8'd0, magnitude_by_16[29:8]} : magnitude_by_16;
  assign magnitude_by_4 = distance_q[2] ? {4'd0, magnitude_by_8[29:4]} : magnitude_by_8;
  assign magnitude_by_2 = distance_q[1] ? {2'd0, magnitude_by_4[29:2]} : magnitude_by_4;
  assign magnitude_by_1 = distance_q[0] ? {1'b0, magnitude_by_2[29:1]} : magnitude_by_2;
  assign key = {1'b0, is_large_q, magnitude_by_1} ^ {32{negative_q}};

  // ----------------------------------------------------------------------------
  // Stage 2: registers of the cut "key"
  // ----------------------------------------------------------------------------
  logic [31:0] key_q;
  logic        dead_q2;

  always_ff @(posedge clk_i) begin
    key_q <= key;
    dead_q2 <= dead_q;
  end

  // ----------------------------------------------------------------------------
  // 2^fraction: the diagonal and two corrections
  // ----------------------------------------------------------------------------
  logic [11:0] fraction;
  logic  [9:0] exp2_coarse;
  logic  [4:0] exp2_fine;
  logic [12:0] significand;

  assign fraction = key_q[11:0];
  assign exp2_coarse = exp2_term_coarse(fraction[11:6]);
  assign exp2_fine = exp2_term_fine({fraction[11:9], fraction[5:2]});

  // Below 2: the table's values were all looked at.
  assign significand =
      ({1'b1, fraction} + {{3{exp2_coarse[9]}}, exp2_coarse})
      + {8'd0, exp2_fine};

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign poison_o = poison;
  assign dead_o = dead_q2;
  assign integer_o = key_q[31:12];
  assign significand_o = significand;

endmodule : softmax_bf16_x8_statistics_score_lane
