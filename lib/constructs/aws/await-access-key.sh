#!/bin/sh
# Waits until IAM answers to an access key that was made a moment ago.
#
# AWS makes a new key known everywhere within seconds, not at once. Vault looks a bound principal up with
# that key when a role is written, once, and a key that is not known yet fails the whole apply.
#
# Environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the key; LOOK_UP, what it is for: look-up-users,
# look-up-roles or nothing; AWS_PARTITION; IAM_ENDPOINT, if it is not the partition's public one; WAIT_SECONDS (120).
# ASSUME_ROLE, a role of another account, with EXTERNAL_ID if its trust needs one; STS_ENDPOINT and STS_REGION, if it is
# not the partition's public one; ASSUME_SECONDS (30).
# Exit: 0 ready, 10 curl is missing or too old, 11 no answer in time.
set -eu

# IAM is in one region of a partition, and takes signatures for that one only, also behind another endpoint.
endpoint=
case "$AWS_PARTITION" in
  aws) region=us-east-1 endpoint=https://iam.amazonaws.com ;;
  aws-cn) region=cn-north-1 endpoint=https://iam.cn-north-1.amazonaws.com.cn ;;
  aws-us-gov) region=us-gov-west-1 endpoint=https://iam.us-gov.amazonaws.com ;;
  aws-iso) region=us-iso-east-1 ;;
  aws-iso-b) region=us-isob-east-1 ;;
  aws-iso-e) region=eu-isoe-west-1 ;;
  aws-iso-f) region=us-isof-south-1 ;;
  aws-eusc) region=eusc-de-east-1 ;;
  *)
    echo "partition '$AWS_PARTITION' has no known region of IAM to sign for" >&2
    exit 11
    ;;
esac
IAM_ENDPOINT=${IAM_ENDPOINT:-$endpoint}
if [ -z "$IAM_ENDPOINT" ]; then
  echo "partition '$AWS_PARTITION' has no known IAM endpoint: set endpoints.iam" >&2
  exit 11
fi

# What Vault will ask, of something that need not exist: 404 says that the key is known and its policy in force.
case "$LOOK_UP" in
  look-up-users) query='Action=GetUser&UserName=vault-aws-auth-probe' ;;
  look-up-roles) query='Action=GetRole&RoleName=vault-aws-auth-probe' ;;
  # The refusal says by its code whether IAM knows the key.
  nothing) query='Action=GetUser&UserName=vault-aws-auth-probe' ;;
esac

if ! curl --help all 2>/dev/null | grep -q -- --aws-sigv4; then
  echo "curl 7.75 or newer is needed, for its --aws-sigv4" >&2
  exit 10
fi

# The key reaches curl on standard input: an argument could be seen in the process list.
ask() {
  printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" |
    curl --silent --max-time 10 --config - --aws-sigv4 "aws:amz:$region:iam" \
      --data "$query&Version=2010-05-08" --write-out '\n%{http_code}' "$IAM_ENDPOINT/" || true
}

is_answer() {
  case "$status $LOOK_UP $answer" in
    '200 '* | '404 '* | '403 nothing '*'<Code>AccessDenied</Code>'*) true ;;
    *) false ;;
  esac
}

# One answer may come from a place that already knows the key while the next does not: three in a row.
deadline=$(($(date +%s) + ${WAIT_SECONDS:-120}))
answers=0
while [ "$answers" -lt 3 ]; do
  answer=$(ask)
  status=$(printf '%s' "$answer" | tail -n 1)
  if is_answer; then answers=$((answers + 1)); else answers=0; fi
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "IAM does not answer to the new key after ${WAIT_SECONDS:-120} s; its last status was $status" >&2
    exit 11
  fi
  [ "$answers" -eq 3 ] || sleep 1
done

# The key is known. If it may only assume roles, IAM can't say whether its policy is in force; the role can. It may
# refuse the key for good, or not exist yet: then Vault is the one to say so, so this only waits for a while.
case "${STS_ENDPOINT:+set} $AWS_PARTITION" in
  'set '*) sts_region=$STS_REGION ;;
  *' aws') sts_region=us-east-1 STS_ENDPOINT=https://sts.us-east-1.amazonaws.com ;;
  *' aws-cn') sts_region=cn-north-1 STS_ENDPOINT=https://sts.cn-north-1.amazonaws.com.cn ;;
  *' aws-us-gov') sts_region=us-gov-west-1 STS_ENDPOINT=https://sts.us-gov-west-1.amazonaws.com ;;
  *) exit 0 ;;
esac

# Only the status is printed: the answer has a session's secret.
assume() {
  printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" |
    curl --silent --max-time 10 --config - --aws-sigv4 "aws:amz:$sts_region:sts" --output /dev/null \
      --data 'Action=AssumeRole&Version=2011-06-15&RoleSessionName=vault-aws-auth-probe' \
      --data-urlencode "RoleArn=$ASSUME_ROLE" ${EXTERNAL_ID:+--data-urlencode "ExternalId=$EXTERNAL_ID"} \
      --write-out '%{http_code}' "$STS_ENDPOINT/" || true
}

if [ -n "${ASSUME_ROLE:-}" ]; then
  deadline=$(($(date +%s) + ${ASSUME_SECONDS:-30}))
  while [ "$(assume)" != 200 ] && [ "$(date +%s)" -lt "$deadline" ]; do sleep 1; done
fi
