import { describeAgreement } from "./agreement.ts";

describeAgreement("softplus");
