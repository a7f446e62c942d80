import { describe, expect, it } from "vitest";
import { emit } from "../../../gen/emit/module.ts";
import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import { add, addWrap, and, bit, constant, mux, ne, repeat, slice } from "../../../gen/hdl/operators.ts";

describe("emit", () => {
  it("prints a pipelined module stage by stage, with the author's names, headings and comments", () => {
    const m = new ModuleBuilder(
      "weigh",
      { purpose: "an example", notes: ["Adds two numbers, one register in between."] },
      { cuts: new Set(["middle"]) },
    );
    const [left, right] = [m.input("left_i", 4, { comment: "the first" }), m.input("right_i", 4)];
    const Limit = m.localparam("Limit", 5, 21, "chosen for the example");
    m.section("Add");
    const sum = m.cut("middle", m.let("sum", add(left, right), "One bit wider: it cannot overflow."));
    m.section("Choose");
    m.output(
      "out_o",
      m.let("larger", mux(ne(sum, Limit), sum, slice(m.delayed(m.let("both", addWrap(sum, sum)), 0), 4, 0))),
    );
    expect(emit(m.build())).toMatchInlineSnapshot(`
      "// SPDX-License-Identifier: Apache-2.0
      //
      // weigh: an example
      //
      // Adds two numbers, one register in between.

      module weigh (
        input  logic       clk_i,
        input  logic [3:0] left_i, // the first
        input  logic [3:0] right_i,
        output logic [4:0] out_o
      );

        localparam logic [4:0] Limit = 5'd21; // chosen for the example

        // ----------------------------------------------------------------------------
        // Add
        // ----------------------------------------------------------------------------
        logic [4:0] sum;

        // One bit wider: it cannot overflow.
        assign sum = {1'b0, left_i} + {1'b0, right_i};

        // ----------------------------------------------------------------------------
        // Stage 1: registers of the cut "middle"
        // ----------------------------------------------------------------------------
        logic [4:0] sum_q;

        always_ff @(posedge clk_i) begin
          sum_q <= sum;
        end

        // ----------------------------------------------------------------------------
        // Choose
        // ----------------------------------------------------------------------------
        logic [4:0] both;
        logic [4:0] larger;

        assign both = sum_q + sum_q;
        assign larger = (sum_q != Limit) ? sum_q : both;

        // ----------------------------------------------------------------------------
        // Outputs
        // ----------------------------------------------------------------------------
        assign out_o = larger;

      endmodule : weigh
      "
    `);
  });

  it("prints state with its reset, and the rules of the contract for simulation only", () => {
    const m = new ModuleBuilder("count", { purpose: "a counter", notes: [] });
    const up = m.input("up_i", 1);
    const count = m.state("count_q", 3, { reset: 2n, comment: "beats so far" });
    m.section("Count");
    const isLow = m.let("is_low", ne(count.value, constant(3, 7)));
    count.next(addWrap(count.value, constant(3, 1)), m.let("counts", and(up, isLow)));
    m.assert("below_limit", up, isLow, "count: up at the limit");
    m.output("top_o", bit(count.value, 2));
    m.output("low_o", and(slice(count.value, 1, 0), repeat(up, 2)));
    expect(emit(m.build())).toMatchInlineSnapshot(`
      "// SPDX-License-Identifier: Apache-2.0
      //
      // count: a counter

      module count (
        input  logic       clk_i,
        input  logic       rst_ni, // asynchronous assertion, synchronous release
        input  logic       up_i,
        output logic       top_o,
        output logic [1:0] low_o
      );

        logic [2:0] count_q; // beats so far

        // ----------------------------------------------------------------------------
        // Count
        // ----------------------------------------------------------------------------
        logic is_low;
        logic counts;

        assign is_low = count_q != 3'd7;
        assign counts = up_i & is_low;

        always_ff @(posedge clk_i or negedge rst_ni) begin
          if (!rst_ni) begin
            count_q <= 3'd2;
          end else begin
            if (counts) begin
              count_q <= count_q + 3'd1;
            end
          end
        end

        // ----------------------------------------------------------------------------
        // Outputs
        // ----------------------------------------------------------------------------
        assign top_o = count_q[2];
        assign low_o = count_q[1:0] & {2{up_i}};

      \`ifndef SYNTHESIS
        // The contract of the ports, checked in simulation only.
        always @(posedge clk_i or negedge rst_ni) begin
          if (rst_ni) begin
            if (up_i) begin : below_limit
              assert (is_low)
              else $error("count: up at the limit");
            end
          end
        end
      \`endif

      endmodule : count
      "
    `);
  });

  it("breaks a long value at its outermost operator", () => {
    const m = new ModuleBuilder("wide", { purpose: "long names", notes: [] });
    const inputs = [1, 2, 3, 4].map((i) => m.input(`an_input_with_a_rather_long_name_${i}`, 2));
    m.output("out_o", and(...inputs));
    expect(emit(m.build())).toMatchInlineSnapshot(`
      "// SPDX-License-Identifier: Apache-2.0
      //
      // wide: long names

      module wide (
        input  logic [1:0] an_input_with_a_rather_long_name_1,
        input  logic [1:0] an_input_with_a_rather_long_name_2,
        input  logic [1:0] an_input_with_a_rather_long_name_3,
        input  logic [1:0] an_input_with_a_rather_long_name_4,
        output logic [1:0] out_o
      );

        // ----------------------------------------------------------------------------
        // Outputs
        // ----------------------------------------------------------------------------
        assign out_o =
            an_input_with_a_rather_long_name_1
            & an_input_with_a_rather_long_name_2
            & an_input_with_a_rather_long_name_3
            & an_input_with_a_rather_long_name_4;

      endmodule : wide
      "
    `);
  });
});
