import { beginAssistance } from './assistance-begin.ts'
import { announceCampaign } from './campaign-announce.ts'
import { findCampaigns, findNeeds, findPartners, findPledges } from './choices.ts'
import { helpConfirmed, needsMet, needsOpen } from './help-figures.ts'
import { listNeeds, showNeed } from './need-list.ts'
import { closeNeed, publishNeed } from './need-publish.ts'
import { endPairing } from './pairing-end.ts'
import { setPairings } from './pairing-set.ts'
import { endAssistance, endPartner } from './partner-end.ts'
import { admitPartner, joinAsPartner } from './partner-join.ts'
import { listCampaigns, listPairings, listPartners } from './partner-list.ts'
import { deliverAsAssistant, deliverAsPair, deliverPledge } from './pledge-deliver.ts'
import { confirmDelivery, disputeDelivery } from './pledge-judge.ts'
import { listPledges } from './pledge-list.ts'
import { makePledge, makePledgeAsAssistant, makePledgeAsPair } from './pledge-make.ts'
import { declinePledge, matchPledge } from './pledge-match.ts'
import { withdrawAsAssistant, withdrawAsPair, withdrawOwnPledge } from './pledge-withdraw.ts'

/** Pairing, partners, campaigns, needs and pledges: what the slice has beside complaints. */
export const helpActs = [
  setPairings,
  endPairing,
  beginAssistance,
  endAssistance,
  joinAsPartner,
  admitPartner,
  endPartner,
  announceCampaign,
  publishNeed,
  closeNeed,
  makePledge,
  makePledgeAsPair,
  makePledgeAsAssistant,
  matchPledge,
  declinePledge,
  deliverPledge,
  deliverAsPair,
  deliverAsAssistant,
  confirmDelivery,
  disputeDelivery,
  withdrawOwnPledge,
  withdrawAsPair,
  withdrawAsAssistant,
] as const
export const helpAsks = [
  listNeeds,
  showNeed,
  listPledges,
  listPartners,
  listPairings,
  listCampaigns,
  findNeeds,
  findPledges,
  findPartners,
  findCampaigns,
] as const
export const helpFigures = [needsOpen, helpConfirmed, needsMet] as const
