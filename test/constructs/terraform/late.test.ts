import { TerraformOutput, Token } from 'cdktf';
import { Late } from '../../../lib/constructs/terraform';
import { lateText, synthesize } from '../../support/stack';

test('a late value is made when cdktf writes it, and may hold references', () => {
  let later = 'not yet';
  const { output } = synthesize((stack) => {
    const reference = lateText(stack);
    new TerraformOutput(stack, 'text', {
      value: Token.asString(new Late(() => `${later}: ${reference}`)),
      staticId: true,
    });
    new TerraformOutput(stack, 'within', {
      value: `<${String(new Late(() => later))}>`,
      staticId: true,
    });
    later = 'now';
  });

  expect(output!.text!.value).toBe('now: ${var.late}');
  expect(output!.within!.value).toBe('<now>');
});

test('it captures no stack trace, which would take longer than all else about it', () => {
  const captured = jest.spyOn(Error, 'captureStackTrace');
  new Late(() => '');

  expect(captured).not.toHaveBeenCalled();
  captured.mockRestore();
});
