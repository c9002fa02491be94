import { errorName } from '../../runtime/logger';

const OF_AN_ERROR = /(?:Error|Exception|Defect)$/;

/** The class of what a team's connector threw. A word that no class of errors ends with may be somebody's name. */
export function defectName(error: unknown): string {
  const name = errorName(error);
  return error instanceof Error && !OF_AN_ERROR.test(name) ? 'Error' : name;
}
