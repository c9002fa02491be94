import { Encryption } from '../../../local/iam/encryption';

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:crm';

let encryption: Encryption;
beforeEach(() => {
  encryption = new Encryption();
  encryption.addKey(KEY);
});

it.each([KEY, '1'])('knows the key of a resource by %s', (key) => {
  encryption.encrypt(QUEUE, key);
  expect(encryption.keyOf(QUEUE)).toBe(KEY);
});

it.each([undefined, ''])('has no key where AWS encrypts with its own (%j)', (key) => {
  encryption.encrypt(QUEUE, key);
  expect(encryption.keyOf(QUEUE)).toBeUndefined();
});

it('rejects a key that is none of the run, as nobody could be asked about it', () => {
  expect(() => encryption.encrypt(QUEUE, 'alias/aws/sqs')).toThrow(/alias\/aws\/sqs is not of this run/);
});
