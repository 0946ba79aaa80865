import type { RecipientDetails } from './recipient-details.js';
import type { RecipientDto } from './recipient.dto.js';
import type { GroupKind } from './recipient-group.entity.js';
import { toEndpointDto } from './to-endpoint-dto.js';

export function toRecipientDto({ recipient, groups, endpoints }: RecipientDetails): RecipientDto {
  const codes = (kind: GroupKind): string[] => groups.filter((group) => group.kind === kind).map(({ code }) => code);
  return {
    id: recipient.id,
    code: recipient.code,
    name: recipient.name,
    locale: recipient.locale,
    timeZone: recipient.timeZone,
    clientId: recipient.clientId,
    attributes: recipient.attributes,
    enabled: recipient.enabled,
    groups: { departments: codes('department'), posts: codes('post'), roles: codes('role'), tags: codes('tag') },
    endpoints: endpoints.map((endpoint) => toEndpointDto(endpoint, recipient.code)),
    createdAt: recipient.createdAt,
    updatedAt: recipient.updatedAt,
  };
}
