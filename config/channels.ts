import type { Channel, ChannelKind } from '#alert';
import { EmailChannel } from '../alert/adapters/channels/email.ts';
import { readSecret } from './secrets.ts';
import type { Settings } from './settings.ts';

/** The channels that the settings set up. @throws {SettingsWrong} when a secret is not there */
export function openChannels(
  { channels }: Pick<Settings, 'channels'>,
  environment: NodeJS.ProcessEnv,
): ReadonlyMap<ChannelKind, Channel> {
  const open = new Map<ChannelKind, Channel>();
  if (channels.email) {
    const { password, ...email } = channels.email;
    open.set(
      'email',
      new EmailChannel({
        ...email,
        ...(password !== undefined && { password: readSecret(password, environment) }),
      }),
    );
  }
  return open;
}
