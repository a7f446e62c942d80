import { describeAgreement } from "./agreement.ts";

describeAgreement("fire_relu");
