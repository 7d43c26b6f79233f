export { type Finding, SEVERITIES, type Severity } from './finding';
export { type PlanReview, reviewPlan } from './review';
