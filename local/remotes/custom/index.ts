export {
  defineStandIn,
  type StandIn,
  type StandInAccount,
  type StandInAccounts,
  type StandInAnswer,
  type StandInList,
  type StandInRequest,
} from './stand-in';
