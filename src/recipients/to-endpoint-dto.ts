import type { EndpointDto } from './endpoint.dto.js';
import type { OwnedEndpoint } from './endpoints.service.js';

/** `recipient` is the code of the person it belongs to. */
export const toEndpointDto = (endpoint: Omit<OwnedEndpoint, 'recipient'>, recipient: string | null): EndpointDto => ({
  id: endpoint.id,
  recipient,
  kind: endpoint.kind,
  vendor: endpoint.vendor,
  platform: endpoint.platform,
  environment: endpoint.environment,
  address: endpoint.address,
  alias: endpoint.alias,
  status: endpoint.status,
  quarantineReason: endpoint.quarantineReason,
  quarantinedAt: endpoint.quarantinedAt,
  createdAt: endpoint.createdAt,
  updatedAt: endpoint.updatedAt,
});
