import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AdminKey } from './admin-key.js';
import { Applications } from './applications.js';
import { ApplicationsController } from './applications.controller.js';
import { AuditHook } from './audit-hook.js';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './audit.controller.js';
import { Authenticator } from './authenticator.js';
import { Credentials } from './credentials.js';
import { CredentialsController } from './credentials.controller.js';
import { Organisations } from './organisations.js';
import { OrganisationsController } from './organisations.controller.js';
import { SecretBox } from './secret-box.js';

@Global()
@Module({
  controllers: [OrganisationsController, ApplicationsController, CredentialsController, AuditController],
  providers: [
    AdminKey,
    Authenticator,
    SecretBox,
    Organisations,
    Applications,
    Credentials,
    AuditTrail,
    AuditHook,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, SecretBox, AuditTrail],
})
export class AccessModule {}
