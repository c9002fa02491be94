import { readFaultFlag } from '../../../local/faults/read-fault-flag';

test.each([
  ['crm=timeout', { system: 'crm', fault: 'timeout' }],
  [
    'crm=throttled,retryAfterSeconds=60,times=3,operation=POST',
    { system: 'crm', fault: 'throttled', retryAfterSeconds: 60, times: 3, operation: 'POST' },
  ],
  [
    'profile=reset-after,probability=0.25,seconds=300,skip=2',
    { system: 'profile', fault: 'reset-after', probability: 0.25, seconds: 300, skip: 2 },
  ],
])('%s is understood', (text, asked) => {
  expect(readFaultFlag(text)).toEqual(asked);
});

test.each([
  'crm',
  'crm=explode',
  'crm=timeout=2',
  'crm=timeout,times',
  'crm=timeout,tines=3',
  'crm=timeout,times=0',
])('fails for %s, in one line', (text) => {
  expect(() => readFaultFlag(text)).toThrow(
    expect.objectContaining({
      code: 'bad-flag',
      message: expect.stringMatching(/^--fault is .*token-expired/),
    }),
  );
  expect(() => readFaultFlag(text)).toThrow(/^[^\n]+$/);
});
