import type { Notice } from '#alert';
import type { ChannelNoticeView } from '#contract';
import { iso } from './iso.ts';
import { noticeStateName } from './to-alert-view.ts';

export function toChannelNoticeView(notice: Notice): ChannelNoticeView {
  return {
    id: notice.id,
    shortCode: notice.shortCode,
    receiver: notice.receiver.name,
    isTest: notice.isTest === true,
    state: notice.state,
    stateName: noticeStateName(notice),
    createdAt: iso(notice.createdAt),
    submittedAt: iso(notice.submittedAt),
    deliveredAt: iso(notice.deliveredAt),
    readAt: iso(notice.readAt),
    acknowledgedAt: iso(notice.acknowledgedAt),
  };
}
