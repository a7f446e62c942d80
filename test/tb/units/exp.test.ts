import { describeAgreement } from "./agreement.ts";

describeAgreement("exp");
