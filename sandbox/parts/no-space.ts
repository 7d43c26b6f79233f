/** Whether a file system that is full is the cause: this process's error, or the message of a child process. */
export function isNoSpace(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || /no space left on device/i.test(message);
}
