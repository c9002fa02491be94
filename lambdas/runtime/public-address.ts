import { BlockList, isIP } from 'node:net';

/**
 * Everything that is not globally reachable.
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], // this network, and "any"
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // behind the NAT of a carrier; AWS uses it inside of its services
  ['127.0.0.0', 8], // loopback; Lambda's own API listens there
  ['169.254.0.0', 16], // link-local, with the instance metadata and the credentials of containers
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // automatic tunnels
  ['192.88.99.0', 24], // relays of 6to4
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/** The only addresses of IPv6 that are given to anybody; all forms that hide an IPv4 address but two are outside. */
const GLOBAL_UNICAST_V6 = ['2000::', 3] as const;

/** Source: https://www.iana.org/assignments/iana-ipv6-special-registry/ */
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23], // protocol assignments, with Teredo, which hides an IPv4 address
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which hides an IPv4 address
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
];

const refused = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V4) refused.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of NOT_PUBLIC_V6) refused.addSubnet(network, prefix, 'ipv6');
const global = new BlockList();
global.addSubnet(...GLOBAL_UNICAST_V6, 'ipv6');

/** True for the address of a host on the public internet, and for nothing else: not even for what is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4');
    case 6:
      // A zone, as in fe80::1%eth0, names an interface of this machine.
      return !address.includes('%') && global.check(address, 'ipv6') && !refused.check(address, 'ipv6');
    default:
      return false;
  }
}
