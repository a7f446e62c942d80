// SPDX-License-Identifier: Apache-2.0
//
// exp_bf16_lane: the exponential of softmax's pass 2 by itself, for tests, one lane
//
// prob = e^score. Overflow gives +inf, a result below 2^-126 gives +0, a NaN gives the canonical
// NaN. Every result is within one unit in the last place.
//
// Format: bf16 (sign, 8 exponent bits, 7 mantissa bits), subnormals computed in full.
// Latency: 4 cycles, one beat per cycle; registers at: input, product, key, output.
//
// Generated, not edited by hand: npm run gen -- --unit exp --format bf16 --lanes 1 --stages 4
// --subnormals keep

module exp_bf16_lane (
  input  logic        clk_i,
  input  logic [15:0] score_i,
  output logic [15:0] prob_o // never negative
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
  function automatic logic [10:0] exp2_probability_coarse(input logic [5:0] address);
    case (address)
      6'd0: exp2_probability_coarse = 11'h7fd;
      6'd1: exp2_probability_coarse = 11'h7d6;
      6'd2: exp2_probability_coarse = 11'h7b1;
      6'd3: exp2_probability_coarse = 11'h78d;
      6'd4: exp2_probability_coarse = 11'h769;
      6'd5: exp2_probability_coarse = 11'h747;
      6'd6: exp2_probability_coarse = 11'h726;
      6'd7: exp2_probability_coarse = 11'h705;
      6'd8: exp2_probability_coarse = 11'h6ea;
      6'd9: exp2_probability_coarse = 11'h6cc;
      6'd10: exp2_probability_coarse = 11'h6af;
      6'd11: exp2_probability_coarse = 11'h693;
      6'd12: exp2_probability_coarse = 11'h678;
      6'd13: exp2_probability_coarse = 11'h65e;
      6'd14: exp2_probability_coarse = 11'h645;
      6'd15: exp2_probability_coarse = 11'h62d;
      6'd16: exp2_probability_coarse = 11'h61b;
      6'd17: exp2_probability_coarse = 11'h605;
      6'd18: exp2_probability_coarse = 11'h5f1;
      6'd19: exp2_probability_coarse = 11'h5de;
      6'd20: exp2_probability_coarse = 11'h5cd;
      6'd21: exp2_probability_coarse = 11'h5bc;
      6'd22: exp2_probability_coarse = 11'h5ad;
      6'd23: exp2_probability_coarse = 11'h59e;
      6'd24: exp2_probability_coarse = 11'h596;
      6'd25: exp2_probability_coarse = 11'h58b;
      6'd26: exp2_probability_coarse = 11'h580;
      6'd27: exp2_probability_coarse = 11'h577;
      6'd28: exp2_probability_coarse = 11'h56f;
      6'd29: exp2_probability_coarse = 11'h569;
      6'd30: exp2_probability_coarse = 11'h564;
      6'd31: exp2_probability_coarse = 11'h560;
      6'd32: exp2_probability_coarse = 11'h560;
      6'd33: exp2_probability_coarse = 11'h55f;
      6'd34: exp2_probability_coarse = 11'h55f;
      6'd35: exp2_probability_coarse = 11'h561;
      6'd36: exp2_probability_coarse = 11'h564;
      6'd37: exp2_probability_coarse = 11'h568;
      6'd38: exp2_probability_coarse = 11'h56e;
      6'd39: exp2_probability_coarse = 11'h576;
      6'd40: exp2_probability_coarse = 11'h579;
      6'd41: exp2_probability_coarse = 11'h583;
      6'd42: exp2_probability_coarse = 11'h58f;
      6'd43: exp2_probability_coarse = 11'h59c;
      6'd44: exp2_probability_coarse = 11'h5ab;
      6'd45: exp2_probability_coarse = 11'h5bb;
      6'd46: exp2_probability_coarse = 11'h5cd;
      6'd47: exp2_probability_coarse = 11'h5e1;
      6'd48: exp2_probability_coarse = 11'h5f0;
      6'd49: exp2_probability_coarse = 11'h607;
      6'd50: exp2_probability_coarse = 11'h61f;
      6'd51: exp2_probability_coarse = 11'h63a;
      6'd52: exp2_probability_coarse = 11'h655;
      6'd53: exp2_probability_coarse = 11'h673;
      6'd54: exp2_probability_coarse = 11'h692;
      6'd55: exp2_probability_coarse = 11'h6b3;
      6'd56: exp2_probability_coarse = 11'h6cf;
      6'd57: exp2_probability_coarse = 11'h6f3;
      6'd58: exp2_probability_coarse = 11'h71a;
      6'd59: exp2_probability_coarse = 11'h742;
      6'd60: exp2_probability_coarse = 11'h76c;
      6'd61: exp2_probability_coarse = 11'h798;
      6'd62: exp2_probability_coarse = 11'h7c5;
      6'd63: exp2_probability_coarse = 11'h7f5;
    endcase
  endfunction

  // Departure from that level: slope group, place in the segment.
  function automatic logic [5:0] exp2_probability_fine(input logic [7:0] address);
    case (address)
      8'd0: exp2_probability_fine = 6'd34;
      8'd1: exp2_probability_fine = 6'd33;
      8'd2: exp2_probability_fine = 6'd32;
      8'd3: exp2_probability_fine = 6'd31;
      8'd4: exp2_probability_fine = 6'd30;
      8'd5: exp2_probability_fine = 6'd29;
      8'd6: exp2_probability_fine = 6'd27;
      8'd7: exp2_probability_fine = 6'd26;
      8'd8: exp2_probability_fine = 6'd25;
      8'd9: exp2_probability_fine = 6'd24;
      8'd10: exp2_probability_fine = 6'd23;
      8'd11: exp2_probability_fine = 6'd22;
      8'd12: exp2_probability_fine = 6'd21;
      8'd13: exp2_probability_fine = 6'd20;
      8'd14: exp2_probability_fine = 6'd19;
      8'd15: exp2_probability_fine = 6'd18;
      8'd16: exp2_probability_fine = 6'd16;
      8'd17: exp2_probability_fine = 6'd15;
      8'd18: exp2_probability_fine = 6'd14;
      8'd19: exp2_probability_fine = 6'd13;
      8'd20: exp2_probability_fine = 6'd12;
      8'd21: exp2_probability_fine = 6'd11;
      8'd22: exp2_probability_fine = 6'd10;
      8'd23: exp2_probability_fine = 6'd9;
      8'd24: exp2_probability_fine = 6'd8;
      8'd25: exp2_probability_fine = 6'd7;
      8'd26: exp2_probability_fine = 6'd5;
      8'd27: exp2_probability_fine = 6'd4;
      8'd28: exp2_probability_fine = 6'd3;
      8'd29: exp2_probability_fine = 6'd2;
      8'd30: exp2_probability_fine = 6'd1;
      8'd31: exp2_probability_fine = 6'd0;
      8'd32: exp2_probability_fine = 6'd26;
      8'd33: exp2_probability_fine = 6'd25;
      8'd34: exp2_probability_fine = 6'd24;
      8'd35: exp2_probability_fine = 6'd24;
      8'd36: exp2_probability_fine = 6'd23;
      8'd37: exp2_probability_fine = 6'd22;
      8'd38: exp2_probability_fine = 6'd21;
      8'd39: exp2_probability_fine = 6'd20;
      8'd40: exp2_probability_fine = 6'd19;
      8'd41: exp2_probability_fine = 6'd18;
      8'd42: exp2_probability_fine = 6'd18;
      8'd43: exp2_probability_fine = 6'd17;
      8'd44: exp2_probability_fine = 6'd16;
      8'd45: exp2_probability_fine = 6'd15;
      8'd46: exp2_probability_fine = 6'd14;
      8'd47: exp2_probability_fine = 6'd13;
      8'd48: exp2_probability_fine = 6'd13;
      8'd49: exp2_probability_fine = 6'd12;
      8'd50: exp2_probability_fine = 6'd11;
      8'd51: exp2_probability_fine = 6'd10;
      8'd52: exp2_probability_fine = 6'd9;
      8'd53: exp2_probability_fine = 6'd8;
      8'd54: exp2_probability_fine = 6'd8;
      8'd55: exp2_probability_fine = 6'd7;
      8'd56: exp2_probability_fine = 6'd6;
      8'd57: exp2_probability_fine = 6'd5;
      8'd58: exp2_probability_fine = 6'd4;
      8'd59: exp2_probability_fine = 6'd3;
      8'd60: exp2_probability_fine = 6'd3;
      8'd61: exp2_probability_fine = 6'd2;
      8'd62: exp2_probability_fine = 6'd1;
      8'd63: exp2_probability_fine = 6'd0;
      8'd64: exp2_probability_fine = 6'd18;
      8'd65: exp2_probability_fine = 6'd17;
      8'd66: exp2_probability_fine = 6'd17;
      8'd67: exp2_probability_fine = 6'd16;
      8'd68: exp2_probability_fine = 6'd15;
      8'd69: exp2_probability_fine = 6'd15;
      8'd70: exp2_probability_fine = 6'd14;
      8'd71: exp2_probability_fine = 6'd14;
      8'd72: exp2_probability_fine = 6'd13;
      8'd73: exp2_probability_fine = 6'd13;
      8'd74: exp2_probability_fine = 6'd12;
      8'd75: exp2_probability_fine = 6'd11;
      8'd76: exp2_probability_fine = 6'd11;
      8'd77: exp2_probability_fine = 6'd10;
      8'd78: exp2_probability_fine = 6'd10;
      8'd79: exp2_probability_fine = 6'd9;
      8'd80: exp2_probability_fine = 6'd9;
      8'd81: exp2_probability_fine = 6'd8;
      8'd82: exp2_probability_fine = 6'd8;
      8'd83: exp2_probability_fine = 6'd7;
      8'd84: exp2_probability_fine = 6'd6;
      8'd85: exp2_probability_fine = 6'd6;
      8'd86: exp2_probability_fine = 6'd5;
      8'd87: exp2_probability_fine = 6'd5;
      8'd88: exp2_probability_fine = 6'd4;
      8'd89: exp2_probability_fine = 6'd4;
      8'd90: exp2_probability_fine = 6'd3;
      8'd91: exp2_probability_fine = 6'd3;
      8'd92: exp2_probability_fine = 6'd2;
      8'd93: exp2_probability_fine = 6'd2;
      8'd94: exp2_probability_fine = 6'd1;
      8'd95: exp2_probability_fine = 6'd0;
      8'd96: exp2_probability_fine = 6'd8;
      8'd97: exp2_probability_fine = 6'd8;
      8'd98: exp2_probability_fine = 6'd7;
      8'd99: exp2_probability_fine = 6'd7;
      8'd100: exp2_probability_fine = 6'd7;
      8'd101: exp2_probability_fine = 6'd7;
      8'd102: exp2_probability_fine = 6'd6;
      8'd103: exp2_probability_fine = 6'd6;
      8'd104: exp2_probability_fine = 6'd6;
      8'd105: exp2_probability_fine = 6'd6;
      8'd106: exp2_probability_fine = 6'd5;
      8'd107: exp2_probability_fine = 6'd5;
      8'd108: exp2_probability_fine = 6'd5;
      8'd109: exp2_probability_fine = 6'd5;
      8'd110: exp2_probability_fine = 6'd4;
      8'd111: exp2_probability_fine = 6'd4;
      8'd112: exp2_probability_fine = 6'd4;
      8'd113: exp2_probability_fine = 6'd4;
      8'd114: exp2_probability_fine = 6'd3;
      8'd115: exp2_probability_fine = 6'd3;
      8'd116: exp2_probability_fine = 6'd3;
      8'd117: exp2_probability_fine = 6'd3;
      8'd118: exp2_probability_fine = 6'd2;
      8'd119: exp2_probability_fine = 6'd2;
      8'd120: exp2_probability_fine = 6'd2;
      8'd121: exp2_probability_fine = 6'd2;
      8'd122: exp2_probability_fine = 6'd1;
      8'd123: exp2_probability_fine = 6'd1;
      8'd124: exp2_probability_fine = 6'd1;
      8'd125: exp2_probability_fine = 6'd1;
      8'd126: exp2_probability_fine = 6'd1;
      8'd127: exp2_probability_fine = 6'd0;
      8'd128: exp2_probability_fine = 6'd0;
      8'd129: exp2_probability_fine = 6'd0;
      8'd130: exp2_probability_fine = 6'd0;
      8'd131: exp2_probability_fine = 6'd0;
      8'd132: exp2_probability_fine = 6'd0;
      8'd133: exp2_probability_fine = 6'd0;
      8'd134: exp2_probability_fine = 6'd0;
      8'd135: exp2_probability_fine = 6'd0;
      8'd136: exp2_probability_fine = 6'd0;
      8'd137: exp2_probability_fine = 6'd0;
      8'd138: exp2_probability_fine = 6'd0;
      8'd139: exp2_probability_fine = 6'd1;
      8'd140: exp2_probability_fine = 6'd1;
      8'd141: exp2_probability_fine = 6'd1;
      8'd142: exp2_probability_fine = 6'd1;
      8'd143: exp2_probability_fine = 6'd1;
      8'd144: exp2_probability_fine = 6'd1;
      8'd145: exp2_probability_fine = 6'd1;
      8'd146: exp2_probability_fine = 6'd1;
      8'd147: exp2_probability_fine = 6'd1;
      8'd148: exp2_probability_fine = 6'd1;
      8'd149: exp2_probability_fine = 6'd1;
      8'd150: exp2_probability_fine = 6'd2;
      8'd151: exp2_probability_fine = 6'd2;
      8'd152: exp2_probability_fine = 6'd2;
      8'd153: exp2_probability_fine = 6'd2;
      8'd154: exp2_probability_fine = 6'd2;
      8'd155: exp2_probability_fine = 6'd2;
      8'd156: exp2_probability_fine = 6'd2;
      8'd157: exp2_probability_fine = 6'd2;
      8'd158: exp2_probability_fine = 6'd2;
      8'd159: exp2_probability_fine = 6'd3;
      8'd160: exp2_probability_fine = 6'd0;
      8'd161: exp2_probability_fine = 6'd0;
      8'd162: exp2_probability_fine = 6'd1;
      8'd163: exp2_probability_fine = 6'd1;
      8'd164: exp2_probability_fine = 6'd2;
      8'd165: exp2_probability_fine = 6'd2;
      8'd166: exp2_probability_fine = 6'd3;
      8'd167: exp2_probability_fine = 6'd3;
      8'd168: exp2_probability_fine = 6'd3;
      8'd169: exp2_probability_fine = 6'd4;
      8'd170: exp2_probability_fine = 6'd4;
      8'd171: exp2_probability_fine = 6'd5;
      8'd172: exp2_probability_fine = 6'd5;
      8'd173: exp2_probability_fine = 6'd6;
      8'd174: exp2_probability_fine = 6'd6;
      8'd175: exp2_probability_fine = 6'd7;
      8'd176: exp2_probability_fine = 6'd7;
      8'd177: exp2_probability_fine = 6'd8;
      8'd178: exp2_probability_fine = 6'd8;
      8'd179: exp2_probability_fine = 6'd9;
      8'd180: exp2_probability_fine = 6'd9;
      8'd181: exp2_probability_fine = 6'd10;
      8'd182: exp2_probability_fine = 6'd10;
      8'd183: exp2_probability_fine = 6'd10;
      8'd184: exp2_probability_fine = 6'd11;
      8'd185: exp2_probability_fine = 6'd11;
      8'd186: exp2_probability_fine = 6'd12;
      8'd187: exp2_probability_fine = 6'd12;
      8'd188: exp2_probability_fine = 6'd13;
      8'd189: exp2_probability_fine = 6'd13;
      8'd190: exp2_probability_fine = 6'd14;
      8'd191: exp2_probability_fine = 6'd14;
      8'd192: exp2_probability_fine = 6'd0;
      8'd193: exp2_probability_fine = 6'd0;
      8'd194: exp2_probability_fine = 6'd1;
      8'd195: exp2_probability_fine = 6'd2;
      8'd196: exp2_probability_fine = 6'd3;
      8'd197: exp2_probability_fine = 6'd4;
      8'd198: exp2_probability_fine = 6'd5;
      8'd199: exp2_probability_fine = 6'd6;
      8'd200: exp2_probability_fine = 6'd6;
      8'd201: exp2_probability_fine = 6'd7;
      8'd202: exp2_probability_fine = 6'd8;
      8'd203: exp2_probability_fine = 6'd9;
      8'd204: exp2_probability_fine = 6'd10;
      8'd205: exp2_probability_fine = 6'd11;
      8'd206: exp2_probability_fine = 6'd12;
      8'd207: exp2_probability_fine = 6'd12;
      8'd208: exp2_probability_fine = 6'd13;
      8'd209: exp2_probability_fine = 6'd14;
      8'd210: exp2_probability_fine = 6'd15;
      8'd211: exp2_probability_fine = 6'd16;
      8'd212: exp2_probability_fine = 6'd17;
      8'd213: exp2_probability_fine = 6'd18;
      8'd214: exp2_probability_fine = 6'd19;
      8'd215: exp2_probability_fine = 6'd20;
      8'd216: exp2_probability_fine = 6'd20;
      8'd217: exp2_probability_fine = 6'd21;
      8'd218: exp2_probability_fine = 6'd22;
      8'd219: exp2_probability_fine = 6'd23;
      8'd220: exp2_probability_fine = 6'd24;
      8'd221: exp2_probability_fine = 6'd25;
      8'd222: exp2_probability_fine = 6'd26;
      8'd223: exp2_probability_fine = 6'd27;
      8'd224: exp2_probability_fine = 6'd0;
      8'd225: exp2_probability_fine = 6'd1;
      8'd226: exp2_probability_fine = 6'd2;
      8'd227: exp2_probability_fine = 6'd4;
      8'd228: exp2_probability_fine = 6'd5;
      8'd229: exp2_probability_fine = 6'd6;
      8'd230: exp2_probability_fine = 6'd8;
      8'd231: exp2_probability_fine = 6'd9;
      8'd232: exp2_probability_fine = 6'd10;
      8'd233: exp2_probability_fine = 6'd11;
      8'd234: exp2_probability_fine = 6'd13;
      8'd235: exp2_probability_fine = 6'd14;
      8'd236: exp2_probability_fine = 6'd15;
      8'd237: exp2_probability_fine = 6'd17;
      8'd238: exp2_probability_fine = 6'd18;
      8'd239: exp2_probability_fine = 6'd19;
      8'd240: exp2_probability_fine = 6'd21;
      8'd241: exp2_probability_fine = 6'd22;
      8'd242: exp2_probability_fine = 6'd23;
      8'd243: exp2_probability_fine = 6'd25;
      8'd244: exp2_probability_fine = 6'd26;
      8'd245: exp2_probability_fine = 6'd27;
      8'd246: exp2_probability_fine = 6'd28;
      8'd247: exp2_probability_fine = 6'd30;
      8'd248: exp2_probability_fine = 6'd31;
      8'd249: exp2_probability_fine = 6'd32;
      8'd250: exp2_probability_fine = 6'd34;
      8'd251: exp2_probability_fine = 6'd35;
      8'd252: exp2_probability_fine = 6'd36;
      8'd253: exp2_probability_fine = 6'd38;
      8'd254: exp2_probability_fine = 6'd39;
      8'd255: exp2_probability_fine = 6'd40;
    endcase
  endfunction

  // ----------------------------------------------------------------------------
  // Stage 1: registers of the cut "input"
  // ----------------------------------------------------------------------------
  logic [15:0] score_q;

  always_ff @(posedge clk_i) begin
    score_q <= score_i;
  end

  // ----------------------------------------------------------------------------
  // Infinity and NaN
  // ----------------------------------------------------------------------------
  logic special;
  logic is_nan;

  // Infinity or NaN.
  assign special = &score_q[14:7];
  assign is_nan = special & |score_q[6:0];

  // ----------------------------------------------------------------------------
  // Score to key: classify, multiply by log2(e), align
  // ----------------------------------------------------------------------------
  logic  [7:0] exponent;
  logic [21:0] product_high;
  logic [21:0] product_low;
  logic [25:0] full_product;
  logic        is_large;
  logic        tiny;
  logic [25:0] product;
  logic  [4:0] distance;
  logic        negative;

  assign exponent = score_q[14:7];
  assign product_high = times_log2e({1'b1, score_q[6:4]});
  assign product_low = times_log2e(score_q[3:0]);

  // At most 255 x log2(e).
  assign full_product = {product_high, 4'd0} + {4'd0, product_low};

  // |x| >= 2^15: the key is the code itself, in steps of 16.
  assign is_large = exponent[7] & (|exponent[6:4] | &exponent[3:1]);

  // |x| < 2^-15: the key is that of 0; only the sign still counts.
  assign tiny = ~(exponent[7] | &exponent[6:4]);
  assign product =
      (full_product & {26{~(is_large | tiny)}})
      | ({exponent[6:0], score_q[6:0], 12'd0} & {26{is_large}});

  // 143 - exponent, from 2 to 31; a large score is not shifted.
  assign distance = {exponent[4], ~exponent[3:0]} & {5{~is_large}};

  // -0 is 0.
  assign negative = score_q[15] & |score_q[14:0];

  // ----------------------------------------------------------------------------
  // Stage 2: registers of the cut "product"
  // ----------------------------------------------------------------------------
  logic [25:0] product_q;
  logic  [4:0] distance_q;
  logic        is_large_q;
  logic        negative_q;
  logic        is_nan_q;

  always_ff @(posedge clk_i) begin
    product_q <= product;
    distance_q <= distance;
    is_large_q <= is_large;
    negative_q <= negative;
    is_nan_q <= is_nan;
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
  // Stage 3: registers of the cut "key"
  // ----------------------------------------------------------------------------
  logic [31:0] key_q;
  logic        is_nan_q2;

  always_ff @(posedge clk_i) begin
    key_q <= key;
    is_nan_q2 <= is_nan_q;
  end

  // ----------------------------------------------------------------------------
  // Where the exponent leaves its range; an infinity is as far out as a large score
  // ----------------------------------------------------------------------------
  logic        infinite;
  logic        is_zero;
  logic        no_mantissa;
  logic [19:0] logarithm;

  // 2^128 or more.
  assign infinite = ~key_q[31] & |key_q[30:19];

  // Below 2^-127, which rounds to 0.
  assign is_zero = key_q[31] & (~(&key_q[30:19]) | ~(|key_q[18:12]));

  // At 2^-127 it is 2^-126 or 0, nothing between.
  assign no_mantissa = infinite | (key_q[31] & &key_q[30:19] & ~(|key_q[18:13]));
  assign logarithm = key_q[19:0];

  // ----------------------------------------------------------------------------
  // 2^fraction: the diagonal and two corrections; half a place is in the table, so cutting off
  // rounds
  // ----------------------------------------------------------------------------
  logic [11:0] fraction;
  logic [10:0] exp2_coarse;
  logic  [5:0] exp2_fine;
  logic  [7:0] whole;
  logic [20:0] level;
  logic [20:0] power;
  logic        unused_power;

  assign fraction = logarithm[11:0];
  assign exp2_coarse = exp2_probability_coarse(fraction[11:6]);
  assign exp2_fine = exp2_probability_fine({fraction[11:9], fraction[5:1]});
  assign whole = logarithm[19:12];

  // One less in the integer part: the biased exponent is then that part with its top bit
  // inverted.
  assign level = {{10{exp2_coarse[10]}}, exp2_coarse} - 21'h2000;
  assign power = ({{whole, fraction}, 1'b0} + level) + {15'd0, exp2_fine};

  // Below the result's last place.
  assign unused_power = ^{power[5:0]};

  // ----------------------------------------------------------------------------
  // Zero, infinity and NaN in their places
  // ----------------------------------------------------------------------------
  logic        gives_nan;
  logic [14:0] prob;

  assign gives_nan = is_nan_q2;
  assign prob =
      {({~power[20], power[19:13]} & {8{~is_zero}}) | {8{infinite | gives_nan}},
       (power[12:6] & {7{~(is_zero | no_mantissa | gives_nan)}}) | {gives_nan, 6'd0}};

  // ----------------------------------------------------------------------------
  // Stage 4: registers of the cut "output"
  // ----------------------------------------------------------------------------
  logic [14:0] prob_q;

  always_ff @(posedge clk_i) begin
    prob_q <= prob;
  end

  // ----------------------------------------------------------------------------
  // Outputs
  // ----------------------------------------------------------------------------
  assign prob_o = {1'b0, prob_q};

endmodule : exp_bf16_lane
