// What score + bias, then ReLU, is by definition: the exact sum, rounded to nearest, ties to even, or 0 where it is not positive.
//
// Not another adder: a finite number is a whole number of least subnormals, so the sum is one of them, exactly; and patterns of positive
// numbers are in the order of their values, so the neighbours of a result are its pattern less and plus 1. A result is the nearest where the
// sum is not beyond the middle between it and either neighbour. The pattern of infinity counts as the number that would come after the
// largest finite one (IEEE 754-2019, clause 4.3.1).
module rounding #(
  parameter int ExponentBits = 8,
  parameter int MantissaBits = 7,
  parameter bit Flush = 0 // subnormal operands count as zero, subnormal results become zero
) (
  input  logic [ExponentBits+MantissaBits:0] score,
  input  logic [ExponentBits+MantissaBits:0] bias,
  input  logic [ExponentBits+MantissaBits:0] result,
  output logic ok_nan,
  output logic ok_infinity,
  output logic ok_zero,
  output logic ok_nearest
);
  localparam int Width = 1 + ExponentBits + MantissaBits;
  localparam int MagnitudeBits = ExponentBits + MantissaBits;
  // The number of infinity's pattern has its leading one at place 2^E - 2 + M; a sum has one place more, doubled another, and a sign.
  localparam int ValueBits = 2**ExponentBits + MantissaBits + 2;
  localparam logic [MagnitudeBits-1:0] Infinity = {{ExponentBits{1'b1}}, {MantissaBits{1'b0}}};
  localparam logic [Width-1:0] CanonicalNan = {2'b01, {ExponentBits-1{1'b1}}, 1'b1, {MantissaBits-1{1'b0}}};

  // In least subnormals: the mantissa where the exponent field e is 0, else 2^M more, shifted by e - 1.
  function automatic [ValueBits-1:0] value(input [MagnitudeBits-1:0] pattern);
    logic [ExponentBits-1:0] exponent;
    logic [ValueBits-1:0] significand;
    begin
      exponent = pattern[MagnitudeBits-1:MantissaBits];
      significand = '0;
      significand[MantissaBits:0] = {exponent != '0, pattern[MantissaBits-1:0]};
      value = significand << (exponent == '0 ? exponent : exponent - 1'b1);
    end
  endfunction

  function automatic [MagnitudeBits-1:0] magnitude(input [Width-1:0] operand);
    magnitude = (Flush && operand[MagnitudeBits-1:MantissaBits] == '0) ? '0 : operand[MagnitudeBits-1:0];
  endfunction

  logic score_nan, bias_nan, score_infinite, bias_infinite;
  assign score_nan = score[MagnitudeBits-1:0] > Infinity;
  assign bias_nan = bias[MagnitudeBits-1:0] > Infinity;
  assign score_infinite = score[MagnitudeBits-1:0] == Infinity;
  assign bias_infinite = bias[MagnitudeBits-1:0] == Infinity;

  logic nan, finite, infinite;
  assign nan = score_nan || bias_nan || (score_infinite && bias_infinite && score[Width-1] != bias[Width-1]);
  assign finite = !score_nan && !bias_nan && !score_infinite && !bias_infinite;
  assign infinite = !nan && !finite;

  logic negative_infinity;
  assign negative_infinity = score_infinite ? score[Width-1] : bias[Width-1];

  // The exact sum, if it is positive.
  logic [ValueBits-1:0] score_value, bias_value, sum;
  logic positive;
  assign score_value = value(magnitude(score));
  assign bias_value = value(magnitude(bias));
  assign sum =
      score[Width-1] ? bias_value - score_value
      : bias[Width-1] ? score_value - bias_value
      : score_value + bias_value;
  assign positive =
      score[Width-1] == bias[Width-1] ? !score[Width-1] && sum != '0
      : score[Width-1] ? bias_value > score_value
      : score_value > bias_value;

  // The result and its neighbours; below 0 there is nothing to round to, and nothing above infinity.
  logic [MagnitudeBits-1:0] pattern;
  logic [ValueBits-1:0] here, below, above;
  assign pattern = result[MagnitudeBits-1:0];
  assign here = value(pattern);
  assign below = value(pattern - 1'b1);
  assign above = value(pattern + 1'b1);

  logic flushed;
  assign flushed = Flush && sum[ValueBits-1:MantissaBits] == '0; // it has no rounding error there
  assign ok_nan = !nan || result == CanonicalNan;
  assign ok_infinity = !infinite || result == (negative_infinity ? '0 : {1'b0, Infinity});
  assign ok_zero = !finite || (positive && !flushed) || result == '0;
  assign ok_nearest =
      !finite || !positive || flushed
      || (!result[Width-1] && pattern <= Infinity && pattern != '0
          && (sum << 1 > here + below || (sum << 1 == here + below && !pattern[0]))
          && (pattern == Infinity || sum << 1 < here + above || (sum << 1 == here + above && !pattern[0])));

  always_comb begin
    assert (ok_nan);
    assert (ok_infinity);
    assert (ok_zero);
    assert (ok_nearest);
  end
endmodule
