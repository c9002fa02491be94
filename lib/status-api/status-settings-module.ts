import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type LoginPart, statusSettingsOf } from './status-settings-of';

/**
 * The module that stands for `punctual:status` in the bundles which import it. The labels of sixty systems and a logo
 * are more than the 4 KB that the variables of a function may have.
 */
export function statusSettingsModule(scope: Construct, login: LoginPart): Record<string, string> {
  // The command line names the directory from where it stands, and the bundler would look for a package of that name.
  const file = resolve(Stage.of(scope)?.assetOutdir ?? '.', 'status-settings.json');
  writeFileSync(file, JSON.stringify(statusSettingsOf(login)));
  return { 'punctual:status': file };
}
