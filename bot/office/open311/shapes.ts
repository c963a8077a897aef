/** Categories and reports as GeoReport v2 has them. What it does not know is left out; who reported, and photos of ours, never leave. */
import type { Attribute, Category, Report } from '../../../connectors/reports/contract.ts';
import { redact } from '../../privacy/redact.ts';

export const asService = ({ code, name, description, group, words, hasFields }: Category) => ({
  service_code: code,
  service_name: name,
  description,
  metadata: hasFields,
  type: 'realtime',
  keywords: words.join(','),
  group,
});

export const asDefinition = (code: string, attributes: Attribute[]) => ({
  service_code: code,
  attributes: attributes.map(({ code: attribute, description, datatype, required, values }, index) => ({
    variable: true,
    code: attribute,
    datatype,
    required,
    datatype_description: '',
    order: index + 1,
    description,
    ...(values.length > 0 && { values }),
  })),
});

export const asRequest = (report: Report) => ({
  service_request_id: report.id,
  status: report.status === 'solved' || report.status === 'declined' ? 'closed' : 'open',
  ...(report.statusNote && { status_notes: report.statusNote }),
  service_name: report.category.name,
  service_code: report.category.code,
  // Anybody may read the list: what citizens write of themselves and others is masked.
  description: redact(report.description, ['address']),
  ...(report.office && { agency_responsible: report.office }),
  requested_datetime: report.requestedAt,
  updated_datetime: report.updatedAt,
  ...(report.expectedOn && { expected_datetime: `${report.expectedOn}T22:00:00.000Z` }),
  ...(report.address && { address: report.address }),
  ...(report.lat !== null && report.long !== null && { lat: report.lat, long: report.long }),
  ...(report.mediaUrl && { media_url: report.mediaUrl }),
});
