/** Where synth writes, and where commands look: the folder that cdktf names, or cdktf's own default. */
export function outdir(env: NodeJS.ProcessEnv = process.env): string {
  return env.CDKTF_OUTDIR || 'cdk.out';
}
