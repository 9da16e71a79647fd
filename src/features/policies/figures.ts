import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'

const isInForce = ({ on }: FigureScope) => sql`
  p.issued_on <= ${on}::date
  and not exists (select from policy_supersession s where s.policy_id = p.id and s.superseded_on <= ${on}::date)`

export const policiesInForce = figure({
  name: 'policies.in-force',
  title: { zh: '有效政策文件', en: 'Policies in force' },
  definition: {
    zh: '已发出、到当日未被取代的方针、战略、政策举措和本地措施，计入发文单位。',
    en: 'Principles, strategies, measures and localisations issued and not superseded by the day, counted at the unit that issued them.',
  },
  measure: { zh: '份', en: 'documents' },
  kind: 'sum',
  duty: 'issue-policies-and-measures',
  better: 'neither',
  records: (scope) => sql`
    select p.unit_id, 1 as value, '/policies/' || p.id as record, p.title_zh as label_zh, p.title_en as label_en,
           p.issued_on as since, p.act_id
      from policy p where ${isInForce(scope)}`,
})

const receipts = (scope: FigureScope, isAcknowledged: boolean) => sql`
  select r.unit_id, 1 as value, '/policies/' || p.id as record, p.title_zh as label_zh, p.title_en as label_en,
         coalesce(t.acknowledged_on, p.issued_on) as since, coalesce(t.act_id, p.act_id) as act_id
    from policy p
    join policy_receiver r on r.policy_id = p.id
    left join policy_receipt t on t.policy_id = r.policy_id and t.unit_id = r.unit_id and t.acknowledged_on <= ${scope.on}::date
   where ${isInForce(scope)}
     and exists (select from obligation_item i where i.obligation = 'acknowledge-policy' and i.subject = p.id::text and i.unit_id = r.unit_id)
     ${isAcknowledged ? sql`and t.acknowledged_on is not null` : sql``}`

export const policiesAcknowledged = figure({
  name: 'policies.acknowledged',
  title: { zh: '文件签收率', en: 'Policies acknowledged' },
  definition: {
    zh: '按章程应当签收有效文件的主送单位中，到当日已签收的比例，计入主送单位。',
    en: 'Of the receivers that owe it, by the charter, to acknowledge a document in force, the share that had done so by the day; counted at the receiver.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'carry-out-policies',
  better: 'more',
  records: (scope) => receipts(scope, true),
  of: (scope) => receipts(scope, false),
})
