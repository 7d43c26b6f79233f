export { awsSide, type AwsSide } from './aws-side';
export { clearInstance, type ClearInstanceReport, renderClearInstance } from './clear-instance';
export { endTokens, type EndTokensOptions, type EndTokensReport } from './end-tokens';
export { explainLogin, type Explanation, renderExplanation } from './explain';
export { renderEndTokens } from './render-end-tokens';
export { renderRestoreClient } from './restore-client/render';
export { isDead, restoreClient, type RestoreClientReport } from './restore-client/restore-client';
export type { TokenOwner } from './token-match';
