import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ChannelsModule } from '../channels/channels.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { JobRunner, RECURRING_JOBS } from './job-runner.js';
import { JobTimers } from './job-timers.js';
import { JobsController } from './jobs.controller.js';
import { RecurrenceService } from './recurrences.js';
import { RecurringJobs } from './recurring-jobs.js';
import { Scheduler } from './scheduler.js';
import { Schedules } from './schedules.js';
import { SchedulesController } from './schedules.controller.js';

/** Recurring messages, and the work that Tidings does by itself again and again. */
@Module({
  imports: [ScheduleModule.forRoot(), ChannelsModule, MessagesModule, DeliveriesModule],
  controllers: [SchedulesController, JobsController],
  providers: [
    Schedules,
    RecurrenceService,
    Scheduler,
    RecurringJobs,
    { provide: RECURRING_JOBS, inject: [RecurringJobs], useFactory: ({ list }: RecurringJobs) => list },
    JobRunner,
    JobTimers,
  ],
  exports: [RecurrenceService, JobRunner],
})
export class SchedulerModule {}
