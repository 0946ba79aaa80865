import { nextRuns } from './cron-times.js';
import type { Schedule } from './schedule.entity.js';
import type { ScheduleDetailDto, ScheduledMessageDto, ScheduleDto } from './schedule.dto.js';
import type { ScheduledRequest } from './scheduled-request.js';

const RUNS_SHOWN = 5;

export const toScheduleDto = (schedule: Schedule): ScheduleDto => fieldsOf(schedule);

export function toScheduleDetailDto(schedule: Schedule): ScheduleDetailDto {
  const { nextAt, cron, timeZone } = schedule;
  const runs = nextAt === null ? [] : [nextAt, ...nextRuns(cron, timeZone, nextAt, RUNS_SHOWN - 1)];
  return { ...fieldsOf(schedule), nextRuns: runs };
}

function fieldsOf(schedule: Schedule) {
  const { organisationId: _, id, applicationId, request, ...rest } = schedule;
  return {
    ...rest,
    id: String(id),
    applicationId: applicationId === null ? null : String(applicationId),
    request: toScheduledMessageDto(request),
  };
}

/** As the caller gave it: the API calls `content` what the domain calls `contents`. */
function toScheduledMessageDto({ contents, ...request }: ScheduledRequest): ScheduledMessageDto {
  return { ...request, ...(contents === undefined ? {} : { content: contents }) };
}
