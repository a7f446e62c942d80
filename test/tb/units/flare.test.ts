import { describeAgreement } from "./agreement.ts";

describeAgreement("flare");
