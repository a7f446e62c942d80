import { describeAgreement } from "./agreement.ts";

describeAgreement("relu");
