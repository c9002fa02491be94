import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import type { Journeys } from './journey';
import { erase, listHeld } from './walk-api';
import { register } from './walk-events';
import { stateOfAlarm } from './walk-progress';
import { purge, workedOff } from './walk-queues';
import { nextUser, until } from './walked-run';

export const ALARM = 'an alarm sends a mail';

/** What administrators and operators do and are told. */
export const OF_OPERATORS: Journeys = {
  async 'an administrator lists what is held'(walked) {
    const { status } = await listHeld(walked);
    if (status !== 200) throw new Error(`The API answered ${status}`);
  },
  async 'an administrator has a user erased'(walked) {
    const { run } = walked;
    const user = nextUser();
    const { status } = await erase(walked, user);
    if (status !== 202) throw new Error(`The API answered ${status}`);
    await until(walked, 'a look into every system', async () => {
      const links = await run.links(user);
      return links.length > 0 && links.every(({ next }) => next === 'verify');
    });
    await workedOff(walked);
  },
  async 'an operator signs a certificate'({ run }) {
    const Message = Buffer.alloc(32, 1);
    const asked = { Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const KeyId = run.outputs.CertificateKeyArn;
    await run.aws.kms.send(new GetPublicKeyCommand({ KeyId }));
    await run.aws.kms.send(new SignCommand({ KeyId, ...asked }));
  },
  async [ALARM](walked) {
    const { run } = walked;
    // Another alarm, which an earlier journey set off, may send its mail meanwhile.
    const isOfIt = ({ subject }: { subject: string }) => /^ALARM: ".*-quarantine-messages"/.test(subject);
    const mails = async () =>
      (await run.control<{ subject: string }[]>('GET', '/mails')).filter(isOfIt).length;
    // Only an alarm that is off goes off. What a journey before sent may still be on its way to the queue.
    await until(walked, 'an alarm that is off', async () => {
      await purge(run, run.outputs.QuarantineQueueUrl);
      return (await stateOfAlarm(run)) !== 'ALARM';
    });
    const before = await mails();
    await register(walked, { type: 'user.renamed' });
    await until(walked, 'a mail', async () => (await mails()) > before);
    await purge(run, run.outputs.QuarantineQueueUrl);
  },
};
