import { describeDenials } from '../../../local/iam/describe-denials';

const denial = (action: string, count = 1) => ({
  user: `arn:aws:sts::000000000000:assumed-role/A-role-with-quite-a-long-name/crm`,
  action,
  resource: `arn:aws:sqs:us-east-1:000000000000:${'a-long-name-'.repeat(6)}`,
  words: 'User: …',
  count,
});

it('says nothing when nothing was refused', () => {
  expect(describeDenials([])).toEqual([]);
});

it('counts, and names who may not do what within the width of a terminal', () => {
  const lines = describeDenials([denial('sqs:SendMessage', 3), denial('kms:Decrypt')]);
  expect(lines.slice(0, 2)).toEqual(['IAM refused 4 calls:', '  sqs:SendMessage (3x) to crm']);
  for (const line of lines) expect(line.length).toBeLessThan(80);
});

it('leaves the rest to the log', () => {
  const lines = describeDenials(Array.from({ length: 9 }, (_, index) => denial(`sqs:Action${index}`)));
  expect(lines.at(-1)).toBe('  and 4 more in logs/iam.log');
});

it('prints no control characters of a template', () => {
  expect(describeDenials([denial('sqs:\u001b[31mSend')]).join('')).not.toContain('\u001b');
});
