export { acknowledge, addWarnings, findWarnings, type FoundWarning } from './registry';
export { type Acknowledgements, type Warning, type WarningId, WARNINGS } from './warning';
