import { section, textLike, wholeNumber } from './section';

/** CloudWatch looks back seven days at most. */
const LONGEST_SILENCE_HOURS = 7 * 24;
/** A description of an alarm holds 1,024 characters, and the links of the console take most of them. */
const LONGEST_RUNBOOK_URL = 120;

const silence = section({
  afterHours: wholeNumber(0, LONGEST_SILENCE_HOURS)
    .optional()
    .describe(
      'Alarm when no event was accepted for so many hours: longer than any night or weekend in which nobody signs up. 0 switches it off. 24 when left out, and 0 in an ephemeral environment.',
    ),
});

export const monitoringSchema = section({
  runbookUrl: textLike(
    new RegExp(`^(?=.{1,${LONGEST_RUNBOOK_URL}}$)(?:https://)?[A-Za-z0-9._~/%-]+$`),
    `an https URL or a path without query and anchor, at most ${LONGEST_RUNBOOK_URL} characters, such as https://wiki.example.com/punctual/runbook`,
  )
    .default('docs/runbook.md')
    .describe('Where the person who gets an alarm finds docs/runbook.md; each alarm adds its anchor.'),
  silence: silence.prefault({}).describe('When the absence of events is an alarm.'),
});
