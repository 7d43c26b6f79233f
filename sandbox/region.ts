/** The only region of the sandbox. */
export const SANDBOX_REGION = 'us-east-1';
