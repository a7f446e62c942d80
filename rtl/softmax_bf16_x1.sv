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

  // Level of each segment, by the top bits of the fraction.
  function automatic logic [8:0] log2_sum_coarse(input logic [5:0] address);
    case (address)
      6'd0: log2_sum_coarse = 9'd2;
      6'd1: log2_sum_coarse = 9'd29;
      6'd2: log2_sum_coarse = 9'd55;
      6'd3: log2_sum_coarse = 9'd79;
      6'd4: log2_sum_coarse = 9'd104;
      6'd5: log2_sum_coarse = 9'd126;
      6'd6: log2_sum_coarse = 9'd146;
      6'd7: log2_sum_coarse = 9'd165;
      6'd8: log2_sum_coarse = 9'd185;
      6'd9: log2_sum_coarse = 9'd202;
      6'd10: log2_sum_coarse = 9'd218;
      6'd11: log2_sum_coarse = 9'd233;
      6'd12: log2_sum_coarse = 9'd249;
      6'd13: log2_sum_coarse = 9'd261;
      6'd14: log2_sum_coarse = 9'd273;
      6'd15: log2_sum_coarse = 9'd284;
      6'd16: log2_sum_coarse = 9'd296;
      6'd17: log2_sum_coarse = 9'd305;
      6'd18: log2_sum_coarse = 9'd313;
      6'd19: log2_sum_coarse = 9'd320;
      6'd20: log2_sum_coarse = 9'd328;
      6'd21: log2_sum_coarse = 9'd334;
      6'd22: log2_sum_coarse = 9'd339;
      6'd23: log2_sum_coarse = 9'd343;
      6'd24: log2_sum_coarse = 9'd347;
      6'd25: log2_sum_coarse = 9'd349;
      6'd26: log2_sum_coarse = 9'd351;
      6'd27: log2_sum_coarse = 9'd352;
      6'd28: log2_sum_coarse = 9'd352;
      6'd29: log2_sum_coarse = 9'd352;
      6'd30: log2_sum_coarse = 9'd350;
      6'd31: log2_sum_coarse = 9'd349;
      6'd32: log2_sum_coarse = 9'd345;
      6'd33: log2_sum_coarse = 9'd342;
      6'd34: log2_sum_coarse = 9'd338;
      6'd35: log2_sum_coarse = 9'd334;
      6'd36: log2_sum_coarse = 9'd328;
      6'd37: log2_sum_coarse = 9'd323;
      6'd38: log2_sum_coarse = 9'd317;
      6'd39: log2_sum_coarse = 9'd310;
      6'd40: log2_sum_coarse = 9'd302;
      6'd41: log2_sum_coarse = 9'd294;
      6'd42: log2_sum_coarse = 9'd286;
      6'd43: log2_sum_coarse = 9'd277;
      6'd44: log2_sum_coarse = 9'd267;
      6'd45: log2_sum_coarse = 9'd257;
      6'd46: log2_sum_coarse = 9'd247;
      6'd47: log2_sum_coarse = 9'd236;
      6'd48: log2_sum_coarse = 9'd224;
      6'd49: log2_sum_coarse = 9'd212;
      6'd50: log2_sum_coarse = 9'd200;
      6'd51: log2_sum_coarse = 9'd187;
      6'd52: log2_sum_coarse = 9'd173;
      6'd53: log2_sum_coarse = 9'd160;
      6'd54: log2_sum_coarse = 9'd146;
      6'd55: log2_sum_coarse = 9'd131;
      6'd56: log2_sum_coarse = 9'd116;
      6'd57: log2_sum_coarse = 9'd100;
      6'd58: log2_sum_coarse = 9'd85;
      6'd59: log2_sum_coarse = 9'd69;
      6'd60: log2_sum_coarse = 9'd53;
      6'd61: log2_sum_coarse = 9'd36;
      6'd62: log2_sum_coarse = 9'd19;
      6'd63: log2_sum_coarse = 9'd1;
    endcase
  endfunction

  // Departure from that level: slope group, place in the segment.
  function automatic logic [4:0] log2_sum_fine(input logic [8:0] address);
    case (address)
      9'd0: log2_sum_fine = 5'd0;
      9'd1: log2_sum_fine = 5'd0;
      9'd2: log2_sum_fine = 5'd1;
      9'd3: log2_sum_fine = 5'd2;
      9'd4: log2_sum_fine = 5'd3;
      9'd5: log2_sum_fine = 5'd4;
      9'd6: log2_sum_fine = 5'd4;
      9'd7: log2_sum_fine = 5'd5;
      9'd8: log2_sum_fine = 5'd6;
      9'd9: log2_sum_fine = 5'd7;
      9'd10: log2_sum_fine = 5'd8;
      9'd11: log2_sum_fine = 5'd8;
      9'd12: log2_sum_fine = 5'd9;
      9'd13: log2_sum_fine = 5'd10;
      9'd14: log2_sum_fine = 5'd11;
      9'd15: log2_sum_fine = 5'd12;
      9'd16: log2_sum_fine = 5'd12;
      9'd17: log2_sum_fine = 5'd13;
      9'd18: log2_sum_fine = 5'd14;
      9'd19: log2_sum_fine = 5'd15;
      9'd20: log2_sum_fine = 5'd16;
      9'd21: log2_sum_fine = 5'd16;
      9'd22: log2_sum_fine = 5'd17;
      9'd23: log2_sum_fine = 5'd18;
      9'd24: log2_sum_fine = 5'd19;
      9'd25: log2_sum_fine = 5'd20;
      9'd26: log2_sum_fine = 5'd20;
      9'd27: log2_sum_fine = 5'd21;
      9'd28: log2_sum_fine = 5'd22;
      9'd29: log2_sum_fine = 5'd23;
      9'd30: log2_sum_fine = 5'd23;
      9'd31: log2_sum_fine = 5'd24;
      9'd32: log2_sum_fine = 5'd0;
      9'd33: log2_sum_fine = 5'd1;
      9'd34: log2_sum_fine = 5'd1;
      9'd35: log2_sum_fine = 5'd2;
      9'd36: log2_sum_fine = 5'd3;
      9'd37: log2_sum_fine = 5'd3;
      9'd38: log2_sum_fine = 5'd4;
      9'd39: log2_sum_fine = 5'd5;
      9'd40: log2_sum_fine = 5'd5;
      9'd41: log2_sum_fine = 5'd6;
      9'd42: log2_sum_fine = 5'd7;
      9'd43: log2_sum_fine = 5'd7;
      9'd44: log2_sum_fine = 5'd8;
      9'd45: log2_sum_fine = 5'd8;
      9'd46: log2_sum_fine = 5'd9;
      9'd47: log2_sum_fine = 5'd10;
      9'd48: log2_sum_fine = 5'd10;
      9'd49: log2_sum_fine = 5'd11;
      9'd50: log2_sum_fine = 5'd12;
      9'd51: log2_sum_fine = 5'd12;
      9'd52: log2_sum_fine = 5'd13;
      9'd53: log2_sum_fine = 5'd14;
      9'd54: log2_sum_fine = 5'd14;
      9'd55: log2_sum_fine = 5'd15;
      9'd56: log2_sum_fine = 5'd15;
      9'd57: log2_sum_fine = 5'd16;
      9'd58: log2_sum_fine = 5'd17;
      9'd59: log2_sum_fine = 5'd17;
      9'd60: log2_sum_fine = 5'd18;
      9'd61: log2_sum_fine = 5'd19;
      9'd62: log2_sum_fine = 5'd19;
      9'd63: log2_sum_fine = 5'd20;
      9'd64: log2_sum_fine = 5'd0;
      9'd65: log2_sum_fine = 5'd1;
      9'd66: log2_sum_fine = 5'd1;
      9'd67: log2_sum_fine = 5'd2;
      9'd68: log2_sum_fine = 5'd2;
      9'd69: log2_sum_fine = 5'd3;
      9'd70: log2_sum_fine = 5'd3;
      9'd71: log2_sum_fine = 5'd4;
      9'd72: log2_sum_fine = 5'd4;
      9'd73: log2_sum_fine = 5'd5;
      9'd74: log2_sum_fine = 5'd5;
      9'd75: log2_sum_fine = 5'd6;
      9'd76: log2_sum_fine = 5'd6;
      9'd77: log2_sum_fine = 5'd7;
      9'd78: log2_sum_fine = 5'd7;
      9'd79: log2_sum_fine = 5'd8;
      9'd80: log2_sum_fine = 5'd8;
      9'd81: log2_sum_fine = 5'd9;
      9'd82: log2_sum_fine = 5'd9;
      9'd83: log2_sum_fine = 5'd10;
      9'd84: log2_sum_fine = 5'd10;
      9'd85: log2_sum_fine = 5'd11;
      9'd86: log2_sum_fine = 5'd11;
      9'd87: log2_sum_fine = 5'd12;
      9'd88: log2_sum_fine = 5'd12;
      9'd89: log2_sum_fine = 5'd13;
      9'd90: log2_sum_fine = 5'd13;
      9'd91: log2_sum_fine = 5'd14;
      9'd92: log2_sum_fine = 5'd14;
      9'd93: log2_sum_fine = 5'd15;
      9'd94: log2_sum_fine = 5'd15;
      9'd95: log2_sum_fine = 5'd16;
      9'd96: log2_sum_fine = 5'd0;
      9'd97: log2_sum_fine = 5'd1;
      9'd98: log2_sum_fine = 5'd1;
      9'd99: log2_sum_fine = 5'd1;
      9'd100: log2_sum_fine = 5'd2;
      9'd101: log2_sum_fine = 5'd2;
      9'd102: log2_sum_fine = 5'd3;
      9'd103: log2_sum_fine = 5'd3;
      9'd104: log2_sum_fine = 5'd3;
      9'd105: log2_sum_fine = 5'd4;
      9'd106: log2_sum_fine = 5'd4;
      9'd107: log2_sum_fine = 5'd4;
      9'd108: log2_sum_fine = 5'd5;
      9'd109: log2_sum_fine = 5'd5;
      9'd110: log2_sum_fine = 5'd5;
      9'd111: log2_sum_fine = 5'd6;
      9'd112: log2_sum_fine = 5'd6;
      9'd113: log2_sum_fine = 5'd7;
      9'd114: log2_sum_fine = 5'd7;
      9'd115: log2_sum_fine = 5'd7;
      9'd116: log2_sum_fine = 5'd8;
      9'd117: log2_sum_fine = 5'd8;
      9'd118: log2_sum_fine = 5'd8;
      9'd119: log2_sum_fine = 5'd9;
      9'd120: log2_sum_fine = 5'd9;
      9'd121: log2_sum_fine = 5'd9;
      9'd122: log2_sum_fine = 5'd10;
      9'd123: log2_sum_fine = 5'd10;
      9'd124: log2_sum_fine = 5'd11;
      9'd125: log2_sum_fine = 5'd11;
      9'd126: log2_sum_fine = 5'd11;
      9'd127: log2_sum_fine = 5'd12;
      9'd128: log2_sum_fine = 5'd0;
      9'd129: log2_sum_fine = 5'd0;
      9'd130: log2_sum_fine = 5'd1;
      9'd131: log2_sum_fine = 5'd1;
      9'd132: log2_sum_fine = 5'd1;
      9'd133: log2_sum_fine = 5'd1;
      9'd134: log2_sum_fine = 5'd2;
      9'd135: log2_sum_fine = 5'd2;
      9'd136: log2_sum_fine = 5'd2;
      9'd137: log2_sum_fine = 5'd2;
      9'd138: log2_sum_fine = 5'd3;
      9'd139: log2_sum_fine = 5'd3;
      9'd140: log2_sum_fine = 5'd3;
      9'd141: log2_sum_fine = 5'd3;
      9'd142: log2_sum_fine = 5'd4;
      9'd143: log2_sum_fine = 5'd4;
      9'd144: log2_sum_fine = 5'd4;
      9'd145: log2_sum_fine = 5'd4;
      9'd146: log2_sum_fine = 5'd5;
      9'd147: log2_sum_fine = 5'd5;
      9'd148: log2_sum_fine = 5'd5;
      9'd149: log2_sum_fine = 5'd5;
      9'd150: log2_sum_fine = 5'd6;
      9'd151: log2_sum_fine = 5'd6;
      9'd152: log2_sum_fine = 5'd6;
      9'd153: log2_sum_fine = 5'd6;
      9'd154: log2_sum_fine = 5'd7;
      9'd155: log2_sum_fine = 5'd7;
      9'd156: log2_sum_fine = 5'd7;
      9'd157: log2_sum_fine = 5'd7;
      9'd158: log2_sum_fine = 5'd8;
      9'd159: log2_sum_fine = 5'd8;
      9'd160: log2_sum_fine = 5'd0;
      9'd161: log2_sum_fine = 5'd0;
      9'd162: log2_sum_fine = 5'd0;
      9'd163: log2_sum_fine = 5'd0;
      9'd164: log2_sum_fine = 5'd0;
      9'd165: log2_sum_fine = 5'd0;
      9'd166: log2_sum_fine = 5'd1;
      9'd167: log2_sum_fine = 5'd1;
      9'd168: log2_sum_fine = 5'd1;
      9'd169: log2_sum_fine = 5'd1;
      9'd170: log2_sum_fine = 5'd1;
      9'd171: log2_sum_fine = 5'd1;
      9'd172: log2_sum_fine = 5'd2;
      9'd173: log2_sum_fine = 5'd2;
      9'd174: log2_sum_fine = 5'd2;
      9'd175: log2_sum_fine = 5'd2;
      9'd176: log2_sum_fine = 5'd2;
      9'd177: log2_sum_fine = 5'd2;
      9'd178: log2_sum_fine = 5'd2;
      9'd179: log2_sum_fine = 5'd3;
      9'd180: log2_sum_fine = 5'd3;
      9'd181: log2_sum_fine = 5'd3;
      9'd182: log2_sum_fine = 5'd3;
      9'd183: log2_sum_fine = 5'd3;
      9'd184: log2_sum_fine = 5'd3;
      9'd185: log2_sum_fine = 5'd3;
      9'd186: log2_sum_fine = 5'd4;
      9'd187: log2_sum_fine = 5'd4;
      9'd188: log2_sum_fine = 5'd4;
      9'd189: log2_sum_fine = 5'd4;
      9'd190: log2_sum_fine = 5'd4;
      9'd191: log2_sum_fine = 5'd4;
      9'd192: log2_sum_fine = 5'd0;
      9'd193: log2_sum_fine = 5'd0;
      9'd194: log2_sum_fine = 5'd0;
      9'd195: log2_sum_fine = 5'd0;
      9'd196: log2_sum_fine = 5'd0;
      9'd197: log2_sum_fine = 5'd0;
      9'd198: log2_sum_fine = 5'd1;
      9'd199: log2_sum_fine = 5'd1;
      9'd200: log2_sum_fine = 5'd1;
      9'd201: log2_sum_fine = 5'd1;
      9'd202: log2_sum_fine = 5'd1;
      9'd203: log2_sum_fine = 5'd1;
      9'd204: log2_sum_fine = 5'd1;
      9'd205: log2_sum_fine = 5'd1;
      9'd206: log2_sum_fine = 5'd1;
      9'd207: log2_sum_fine = 5'd1;
      9'd208: log2_sum_fine = 5'd1;
      9'd209: log2_sum_fine = 5'd1;
      9'd210: log2_sum_fine = 5'd1;
      9'd211: log2_sum_fine = 5'd1;
      9'd212: log2_sum_fine = 5'd1;
      9'd213: log2_sum_fine = 5'd1;
      9'd214: log2_sum_fine = 5'd1;
      9'd215: log2_sum_fine = 5'd1;
      9'd216: log2_sum_fine = 5'd1;
      9'd217: log2_sum_fine = 5'd1;
      9'd218: log2_sum_fine = 5'd2;
      9'd219: log2_sum_fine = 5'd2;
      9'd220: log2_sum_fine = 5'd2;
      9'd221: log2_sum_fine = 5'd2;
      9'd222: log2_sum_fine = 5'd2;
      9'd223: log2_sum_fine = 5'd2;
      9'd224: log2_sum_fine = 5'd1;
      9'd225: log2_sum_fine = 5'd1;
      9'd226: log2_sum_fine = 5'd1;
      9'd227: log2_sum_fine = 5'd1;
      9'd228: log2_sum_fine = 5'd1;
      9'd229: log2_sum_fine = 5'd1;
      9'd230: log2_sum_fine = 5'd1;
      9'd231: log2_sum_fine = 5'd1;
      9'd232: log2_sum_fine = 5'd1;
      9'd233: log2_sum_fine = 5'd1;
      9'd234: log2_sum_fine = 5'd1;
      9'd235: log2_sum_fine = 5'd1;
      9'd236: log2_sum_fine = 5'd1;
      9'd237: log2_sum_fine = 5'd1;
      9'd238: log2_sum_fine = 5'd1;
      9'd239: log2_sum_fine = 5'd1;
      9'd240: log2_sum_fine = 5'd1;
      9'd241: log2_sum_fine = 5'd1;
      9'd242: log2_sum_fine = 5'd1;
      9'd243: log2_sum_fine = 5'd1;
      9'd244: log2_sum_fine = 5'd1;
      9'd245: log2_sum_fine = 5'd1;
      9'd246: log2_sum_fine = 5'd1;
      9'd247: log2_sum_fine = 5'd1;
      9'd248: log2_sum_fine = 5'd1;
      9'd249: log2_sum_fine = 5'd1;
      9'd250: log2_sum_fine = 5'd1;
      9'd251: log2_sum_fine = 5'd1;
      9'd252: log2_sum_fine = 5'd1;
      9'd253: log2_sum_fine = 5'd0;
      9'd254: log2_sum_fine = 5'd0;
      9'd255: log2_sum_fine = 5'd0;
      9'd256: log2_sum_fine = 5'd4;
      9'd257: log2_sum_fine = 5'd4;
      9'd258: log2_sum_fine = 5'd4;
      9'd259: log2_sum_fine = 5'd3;
      9'd260: log2_sum_fine = 5'd3;
      9'd261: log2_sum_fine = 5'd3;
      9'd262: log2_sum_fine = 5'd3;
      9'd263: log2_sum_fine = 5'd3;
      9'd264: log2_sum_fine = 5'd3;
      9'd265: log2_sum_fine = 5'd3;
      9'd266: log2_sum_fine = 5'd3;
      9'd267: log2_sum_fine = 5'd3;
      9'd268: log2_sum_fine = 5'd2;
      9'd269: log2_sum_fine = 5'd2;
      9'd270: log2_sum_fine = 5'd2;
      9'd271: log2_sum_fine = 5'd2;
      9'd272: log2_sum_fine = 5'd2;
      9'd273: log2_sum_fine = 5'd2;
      9'd274: log2_sum_fine = 5'd2;
      9'd275: log2_sum_fine = 5'd2;
      9'd276: log2_sum_fine = 5'd2;
      9'd277: log2_sum_fine = 5'd1;
      9'd278: log2_sum_fine = 5'd1;
      9'd279: log2_sum_fine = 5'd1;
      9'd280: log2_sum_fine = 5'd1;
      9'd281: log2_sum_fine = 5'd1;
      9'd282: log2_sum_fine = 5'd1;
      9'd283: log2_sum_fine = 5'd1;
      9'd284: log2_sum_fine = 5'd1;
      9'd285: log2_sum_fine = 5'd0;
      9'd286: log2_sum_fine = 5'd0;
      9'd287: log2_sum_fine = 5'd0;
      9'd288: log2_sum_fine = 5'd6;
      9'd289: log2_sum_fine = 5'd6;
      9'd290: log2_sum_fine = 5'd6;
      9'd291: log2_sum_fine = 5'd5;
      9'd292: log2_sum_fine = 5'd5;
      9'd293: log2_sum_fine = 5'd5;
      9'd294: log2_sum_fine = 5'd5;
      9'd295: log2_sum_fine = 5'd5;
      9'd296: log2_sum_fine = 5'd4;
      9'd297: log2_sum_fine = 5'd4;
      9'd298: log2_sum_fine = 5'd4;
      9'd299: log2_sum_fine = 5'd4;
      9'd300: log2_sum_fine = 5'd4;
      9'd301: log2_sum_fine = 5'd3;
      9'd302: log2_sum_fine = 5'd3;
      9'd303: log2_sum_fine = 5'd3;
      9'd304: log2_sum_fine = 5'd3;
      9'd305: log2_sum_fine = 5'd3;
      9'd306: log2_sum_fine = 5'd3;
      9'd307: log2_sum_fine = 5'd2;
      9'd308: log2_sum_fine = 5'd2;
      9'd309: log2_sum_fine = 5'd2;
      9'd310: log2_sum_fine = 5'd2;
      9'd311: log2_sum_fine = 5'd2;
      9'd312: log2_sum_fine = 5'd1;
      9'd313: log2_sum_fine = 5'd1;
      9'd314: log2_sum_fine = 5'd1;
      9'd315: log2_sum_fine = 5'd1;
      9'd316: log2_sum_fine = 5'd1;
      9'd317: log2_sum_fine = 5'd0;
      9'd318: log2_sum_fine = 5'd0;
      9'd319: log2_sum_fine = 5'd0;
      9'd320: log2_sum_fine = 5'd8;
      9'd321: log2_sum_fine = 5'd8;
      9'd322: log2_sum_fine = 5'd7;
      9'd323: log2_sum_fine = 5'd7;
      9'd324: log2_sum_fine = 5'd7;
      9'd325: log2_sum_fine = 5'd7;
      9'd326: log2_sum_fine = 5'd6;
      9'd327: log2_sum_fine = 5'd6;
      9'd328: log2_sum_fine = 5'd6;
      9'd329: log2_sum_fine = 5'd6;
      9'd330: log2_sum_fine = 5'd5;
      9'd331: log2_sum_fine = 5'd5;
      9'd332: log2_sum_fine = 5'd5;
      9'd333: log2_sum_fine = 5'd5;
      9'd334: log2_sum_fine = 5'd4;
      9'd335: log2_sum_fine = 5'd4;
      9'd336: log2_sum_fine = 5'd4;
      9'd337: log2_sum_fine = 5'd4;
      9'd338: log2_sum_fine = 5'd3;
      9'd339: log2_sum_fine = 5'd3;
      9'd340: log2_sum_fine = 5'd3;
      9'd341: log2_sum_fine = 5'd3;
      9'd342: log2_sum_fine = 5'd2;
      9'd343: log2_sum_fine = 5'd2;
      9'd344: log2_sum_fine = 5'd2;
      9'd345: log2_sum_fine = 5'd2;
      9'd346: log2_sum_fine = 5'd1;
      9'd347: log2_sum_fine = 5'd1;
      9'd348: log2_sum_fine = 5'd1;
      9'd349: log2_sum_fine = 5'd0;
      9'd350: log2_sum_fine = 5'd0;
      9'd351: log2_sum_fine = 5'd0;
      9'd352: log2_sum_fine = 5'd10;
      9'd353: log2_sum_fine = 5'd10;
      9'd354: log2_sum_fine = 5'd9;
      9'd355: log2_sum_fine = 5'd9;
      9'd356: log2_sum_fine = 5'd9;
      9'd357: log2_sum_fine = 5'd8;
      9'd358: log2_sum_fine = 5'd8;
      9'd359: log2_sum_fine = 5'd8;
      9'd360: log2_sum_fine = 5'd7;
      9'd361: log2_sum_fine = 5'd7;
      9'd362: log2_sum_fine = 5'd7;
      9'd363: log2_sum_fine = 5'd6;
      9'd364: log2_sum_fine = 5'd6;
      9'd365: log2_sum_fine = 5'd6;
      9'd366: log2_sum_fine = 5'd6;
      9'd367: log2_sum_fine = 5'd5;
      9'd368: log2_sum_fine = 5'd5;
      9'd369: log2_sum_fine = 5'd5;
      9'd370: log2_sum_fine = 5'd4;
      9'd371: log2_sum_fine = 5'd4;
      9'd372: log2_sum_fine = 5'd4;
      9'd373: log2_sum_fine = 5'd3;
      9'd374: log2_sum_fine = 5'd3;
      9'd375: log2_sum_fine = 5'd3;
      9'd376: log2_sum_fine = 5'd2;
      9'd377: log2_sum_fine = 5'd2;
      9'd378: log2_sum_fine = 5'd2;
      9'd379: log2_sum_fine = 5'd1;
      9'd380: log2_sum_fine = 5'd1;
      9'd381: log2_sum_fine = 5'd1;
      9'd382: log2_sum_fine = 5'd0;
      9'd383: log2_sum_fine = 5'd0;
      9'd384: log2_sum_fine = 5'd12;
      9'd385: log2_sum_fine = 5'd11;
      9'd386: log2_sum_fine = 5'd11;
      9'd387: log2_sum_fine = 5'd11;
      9'd388: log2_sum_fine = 5'd10;
      9'd389: log2_sum_fine = 5'd10;
      9'd390: log2_sum_fine = 5'd10;
      9'd391: log2_sum_fine = 5'd9;
      9'd392: log2_sum_fine = 5'd9;
      9'd393: log2_sum_fine = 5'd8;
      9'd394: log2_sum_fine = 5'd8;
      9'd395: log2_sum_fine = 5'd8;
      9'd396: log2_sum_fine = 5'd7;
      9'd397: log2_sum_fine = 5'd7;
      9'd398: log2_sum_fine = 5'd7;
      9'd399: log2_sum_fine = 5'd6;
      9'd400: log2_sum_fine = 5'd6;
      9'd401: log2_sum_fine = 5'd5;
      9'd402: log2_sum_fine = 5'd5;
      9'd403: log2_sum_fine = 5'd5;
      9'd404: log2_sum_fine = 5'd4;
      9'd405: log2_sum_fine = 5'd4;
      9'd406: log2_sum_fine = 5'd4;
      9'd407: log2_sum_fine = 5'd3;
      9'd408: log2_sum_fine = 5'd3;
      9'd409: log2_sum_fine = 5'd2;
      9'd410: log2_sum_fine = 5'd2;
      9'd411: log2_sum_fine = 5'd2;
      9'd412: log2_sum_fine = 5'd1;
      9'd413: log2_sum_fine = 5'd1;
      9'd414: log2_sum_fine = 5'd0;
      9'd415: log2_sum_fine = 5'd0;
      9'd416: log2_sum_fine = 5'd14;
      9'd417: log2_sum_fine = 5'd13;
      9'd418: log2_sum_fine = 5'd13;
      9'd419: log2_sum_fine = 5'd12;
      9'd420: log2_sum_fine = 5'd12;
      9'd421: log2_sum_fine = 5'd12;
      9'd422: log2_sum_fine = 5'd11;
      9'd423: log2_sum_fine = 5'd11;
      9'd424: log2_sum_fine = 5'd10;
      9'd425: log2_sum_fine = 5'd10;
      9'd426: log2_sum_fine = 5'd9;
      9'd427: log2_sum_fine = 5'd9;
      9'd428: log2_sum_fine = 5'd9;
      9'd429: log2_sum_fine = 5'd8;
      9'd430: log2_sum_fine = 5'd8;
      9'd431: log2_sum_fine = 5'd7;
      9'd432: log2_sum_fine = 5'd7;
      9'd433: log2_sum_fine = 5'd6;
      9'd434: log2_sum_fine = 5'd6;
      9'd435: log2_sum_fine = 5'd5;
      9'd436: log2_sum_fine = 5'd5;
      9'd437: log2_sum_fine = 5'd5;
      9'd438: log2_sum_fine = 5'd4;
      9'd439: log2_sum_fine = 5'd4;
      9'd440: log2_sum_fine = 5'd3;
      9'd441: log2_sum_fine = 5'd3;
      9'd442: log2_sum_fine = 5'd2;
      9'd443: log2_sum_fine = 5'd2;
      9'd444: log2_sum_fine = 5'd2;
      9'd445: log2_sum_fine = 5'd1;
      9'd446: log2_sum_fine = 5'd1;
      9'd447: log2_sum_fine = 5'd0;
      9'd448: log2_sum_fine = 5'd16;
      9'd449: log2_sum_fine = 5'd15;
      9'd450: log2_sum_fine = 5'd15;
      9'd451: log2_sum_fine = 5'd14;
      9'd452: log2_sum_fine = 5'd14;
      9'd453: log2_sum_fine = 5'd13;
      9'd454: log2_sum_fine = 5'd13;
      9'd455: log2_sum_fine = 5'd12;
      9'd456: log2_sum_fine = 5'd12;
      9'd457: log2_sum_fine = 5'd11;
      9'd458: log2_sum_fine = 5'd11;
      9'd459: log2_sum_fine = 5'd10;
      9'd460: log2_sum_fine = 5'd10;
      9'd461: log2_sum_fine = 5'd9;
      9'd462: log2_sum_fine = 5'd9;
      9'd463: log2_sum_fine = 5'd8;
      9'd464: log2_sum_fine = 5'd8;
      9'd465: log2_sum_fine = 5'd7;
      9'd466: log2_sum_fine = 5'd7;
      9'd467: log2_sum_fine = 5'd6;
      9'd468: log2_sum_fine = 5'd6;
      9'd469: log2_sum_fine = 5'd5;
      9'd470: log2_sum_fine = 5'd5;
      9'd471: log2_sum_fine = 5'd4;
      9'd472: log2_sum_fine = 5'd4;
      9'd473: log2_sum_fine = 5'd3;
      9'd474: log2_sum_fine = 5'd3;
      9'd475: log2_sum_fine = 5'd2;
      9'd476: log2_sum_fine = 5'd2;
      9'd477: log2_sum_fine = 5'd1;
      9'd478: log2_sum_fine = 5'd1;
      9'd479: log2_sum_fine = 5'd0;
      9'd480: log2_sum_fine = 5'd16;
      9'd481: log2_sum_fine = 5'd16;
      9'd482: log2_sum_fine = 5'd15;
      9'd483: log2_sum_fine = 5'd15;
      9'd484: log2_sum_fine = 5'd14;
      9'd485: log2_sum_fine = 5'd14;
      9'd486: log2_sum_fine = 5'd13;
      9'd487: log2_sum_fine = 5'd13;
      9'd488: log2_sum_fine = 5'd12;
      9'd489: log2_sum_fine = 5'd11;
      9'd490: log2_sum_fine = 5'd11;
      9'd491: log2_sum_fine = 5'd10;
      9'd492: log2_sum_fine = 5'd10;
      9'd493: log2_sum_fine = 5'd9;
      9'd494: log2_sum_fine = 5'd9;
      9'd495: log2_sum_fine = 5'd8;
      9'd496: log2_sum_fine = 5'd8;
      9'd497: log2_sum_fine = 5'd7;
      9'd498: log2_sum_fine = 5'd7;
      9'd499: log2_sum_fine = 5'd6;
      9'd500: log2_sum_fine = 5'd6;
      9'd501: log2_sum_fine = 5'd5;
      9'd502: log2_sum_fine = 5'd5;
      9'd503: log2_sum_fine = 5'd4;
      9'd504: log2_sum_fine = 5'd3;
      9'd505: log2_sum_fine = 5'd3;
      9'd506: log2_sum_fine = 5'd2;
      9'd507: log2_sum_fine = 5'd2;
      9'd508: log2_sum_fine = 5'd1;
      9'd509: log2_sum_fine = 5'd1;
      9'd510: log2_sum_fine = 5'd0;
      9'd511: log2_sum_fine = 5'd0;
    endcase
  endfunction

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
  softmax_bf16_x1_normalise #(.Lanes(1)) u_normalise (
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

  assign log2_coarse = log2_sum_coarse(finished_fraction_q[11:6]);
  assign log2_fine = log2_sum_fine({finished_fraction_q[11:8], finished_fraction_q[5:1]});
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
  logic       [1:0] rows_next;
  logic       [1:0] ready_rows_next;
  logic       [0:0] kept;
  logic [0:0][15:0] probabilities;

  assign rows_next = (rows_q + {1'b0, stat_row_end}) - {1'b0, norm_row_end};
  assign ready_rows_next = (ready_rows_q + {1'b0, arrive}) - {1'b0, norm_row_end};
  assign kept = prob_keep;
  assign probabilities = prob;

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
  assign prob_keep_o = kept;
  assign prob_o = probabilities;

`ifndef SYNTHESIS
  // The contract of the ports, checked in simulation only.
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      if (stat_valid_i && !(stat_keep_i)) begin
        $error("stat_keep_i breaks the rule that every beat keeps its element");
      end
      if (norm_valid_i && !(norm_keep_i)) begin
        $error("norm_keep_i breaks the rule that every beat keeps its element");
      end
    end
  end
`endif

endmodule : softmax_bf16_x1
