import { isDead, type RestoreClientReport } from './restore-client';

/** What Terraform knows about the key. */
export interface TerraformKey {
  /** The address of the aws_iam_access_key in the stack. */
  readonly address: string;
  /** The folder of the stack. */
  readonly folder: string;
}

/** The report for a person at a terminal, with what to run next. */
export function renderRestoreClient(report: RestoreClientReport, terraform: TerraformKey): string {
  const { mountPath, userName, newAccessKeyId, deletedAccessKeyId, after, dryRun } = report;
  const lines = [causeOf(report)];
  if (newAccessKeyId !== undefined) {
    lines.push(
      `Vault now has ${newAccessKeyId}, a new key of '${userName}'; the other fields of 'auth/${mountPath}/config/client' are as they were.`,
      after?.answer === 'accepted'
        ? "AWS accepts Vault's key: logins work again."
        : `AWS's answer to Vault: ${after?.answer} (${after?.detail}).`,
      ...(deletedAccessKeyId ? [`${deletedAccessKeyId} is deleted.`] : []),
      'Terraform does not know the new key and would write another one. If Terraform creates the key, let it, and then delete this one:',
      `  ${replaceCommand(terraform)}`,
      `  aws iam delete-access-key --user-name ${userName} --access-key-id ${newAccessKeyId}`,
      'If Terraform does not create the key, nothing is left to do.',
    );
  } else if (isDead(report)) {
    lines.push(
      'If Terraform creates the key, this is better: a new key that the state knows, and nothing to clean up:',
      `  ${replaceCommand(terraform)}`,
      "If Terraform can't run now, or does not create the key, run this command without --dry-run.",
    );
  }
  return [...lines, ...(dryRun ? ['Dry run: nothing was changed.'] : [])].join('\n');
}

/** The same for each way that a key dies: a plan alone would switch an inactive key on again, and can't see a wrong secret. */
function replaceCommand({ folder, address }: TerraformKey): string {
  return `npx cdktf synth && terraform -chdir=${folder} apply -replace=${address}`;
}

function causeOf({ state, accessKeyId, mountPath, userName, probe }: RestoreClientReport): string {
  const config = `'auth/${mountPath}/config/client'`;
  switch (state) {
    case 'alive':
      return probe.answer === 'not permitted'
        ? `AWS knows the key of ${config}, and does not let it look users up: attach the policy of the stack, with \`npx cdktf deploy\`. A role that resolves nothing needs none.`
        : `AWS accepts the key of ${config}: the fault is elsewhere. See \`npx vault-aws-auth verify --explain ARN\`.`;
    case 'deleted':
      return `${accessKeyId} in ${config} is no key of '${userName}' (any more), and AWS refuses it.`;
    case 'inactive':
      return `${accessKeyId} in ${config} is switched off in AWS. Somebody may have done that because it leaked: a new key is safer than switching this one on.`;
    case 'wrong':
      return `${accessKeyId} in ${config} is an active key of '${userName}', and AWS refuses Vault (${probe.detail}): the secret in Vault does not belong to this key.`;
    case 'missing':
      return `${config} has no access key. If it was deleted, its endpoints and its server ID header are lost too: \`npx cdktf deploy\` writes them all.`;
    case 'unclear':
      return `Vault could not ask AWS, a new key would not help: ${probe.detail}`;
  }
}
