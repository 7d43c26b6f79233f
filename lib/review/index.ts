export { readBaseline } from './baseline';
export { titleOf } from './document/title';
export { type Finding, SEVERITIES, type Severity } from './finding';
export { type Format, FORMATS, render } from './formats/render';
export { reportOf } from './report';
export { reviewInputs } from './review-inputs';
export { type PlanReview, reviewPlan, reviewPlans } from './review';
export { RULES } from './rules/index';
