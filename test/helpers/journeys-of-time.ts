import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import type { Journeys } from './journey';
import { invited } from './walk-grants';
import {
  ALL_SYSTEMS,
  areOff,
  censuses,
  comeDue,
  linkedEverywhere,
  purge,
  register,
  stateOfAlarm,
  tellDeletion,
  until,
  workedOff,
} from './walk-steps';

export const CENSUS = 'a census is taken';
export const LEAVER = 'the account of a user who was deleted goes everywhere';
export const ALARM = 'an alarm sends a mail';

/** What the clock brings on, and what operators look after. */
export const OF_TIME: Journeys = {
  async [CENSUS](walked) {
    const before = await censuses(walked.run);
    await until(walked, 'a census', async () => (await censuses(walked.run)) > before);
  },
  async [LEAVER](walked) {
    const user = await invited(walked);
    await tellDeletion(walked, user);
    await linkedEverywhere(walked, user, 'deprovisioning', ALL_SYSTEMS);
    await comeDue(walked, user);
    await until(walked, 'accounts that are off', async () => areOff(await walked.run.links(user)));
    await comeDue(walked, user);
    // A tombstone does not say whose it is.
    await until(walked, 'tombstones', async () => (await walked.run.links(user)).length === 0);
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
