export { readBaseline } from './baseline';
export { type Finding, SEVERITIES, type Severity } from './finding';
export { type Format, FORMATS, render } from './formats/render';
export { reportOf } from './report';
export { type PlanReview, reviewPlan, reviewPlans } from './review';
export { reviewInputs } from './review-inputs';
export { RULES } from './rules';
export { titleOf } from './document/title';
