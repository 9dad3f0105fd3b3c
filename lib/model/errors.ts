/** One entry of the catalogue: the words for a person, and the HTTP status under which an API answers it. */
type Entry = { readonly status: number; readonly what: string; readonly why: string; readonly next: string };

/**
 * Every error that can reach a person, by its stable code; the help pages are made from this table.
 * E1… sign-in and the web app, E2… the agent, E3… Microsoft Entra ID and Graph, E4… Active Directory,
 * E5… the plan.
 */
export const errors = {
  E1001: {
    status: 401,
    what: "You are not signed in.",
    why: "The request carried no access token.",
    next: "Sign in on the page “Connect to Microsoft Entra ID”.",
  },
  E1002: {
    status: 401,
    what: "Your sign-in has expired.",
    why: "The access token is past its end, and no new one could be fetched.",
    next: "Sign in again; what you entered is kept.",
  },
  E1003: {
    status: 401,
    what: "The sign-in was not accepted.",
    why: "The access token was not issued for this application, by this tenant's authority, or its signature is wrong.",
    next: "Sign out and sign in again with an account of this tenant. If it happens again, check the tenant id and the client id that this application was started with.",
  },
  E1004: {
    status: 403,
    what: "Your account belongs to another tenant.",
    why: "The access token names a tenant that is not the one this application is set up for.",
    next: "Sign out and sign in with an account of this tenant.",
  },
  E1005: {
    status: 403,
    what: "Your account lacks the role for this.",
    why: "Setting up group writeback needs the role Hybrid Identity Administrator or Global Administrator, assigned to you and active.",
    next: "Ask a Privileged Role Administrator to assign you Hybrid Identity Administrator (Microsoft Entra admin centre, Roles & admins), or activate it in Privileged Identity Management, then sign out and sign in again.",
  },
  E1006: {
    status: 503,
    what: "The sign-in service cannot be reached.",
    why: "The web app could not read the authority's OpenID configuration or its signing keys.",
    next: "Check the authority's address, the machine's name resolution and its proxy, then try again.",
  },
  E1007: {
    status: 400,
    what: "The sign-in did not finish.",
    why: "The authority sent an error back instead of a code.",
    next: "Start the sign-in again. If it happens again, check the redirect URI of the app registration.",
  },
  E1008: {
    status: 400,
    what: "The request was not understood.",
    why: "A field is missing or has a value that is not allowed.",
    next: "Correct the named field and send it again.",
  },
  E1009: {
    status: 404,
    what: "There is no such address.",
    why: "The path names no page and no operation of this application.",
    next: "Start from the Welcome page.",
  },
  E1010: {
    status: 500,
    what: "The web app is not set up.",
    why: "A setting is missing or has a value that is not allowed.",
    next: "Correct the named setting and start the product again; the README lists all of them.",
  },
  E1011: {
    status: 403,
    what: "The request came from another site.",
    why: "Its Origin header names a site that is not this application.",
    next: "Open the application by the address that the start command printed.",
  },
  E2000: {
    status: 500,
    what: "The product met an unexpected state.",
    why: "The program met a state it was not written for.",
    next: "Nothing is lost: run it again. If it happens again, report the code and the reference.",
  },
  E2001: {
    status: 503,
    what: "The agent cannot be reached.",
    why: "No agent answers at the configured address: it is not running, or a firewall is in the way.",
    next: "Start the agent (npm run agent), then try again; runs that were under way are listed as interrupted.",
  },
  E2002: {
    status: 401,
    what: "The agent refused the web app.",
    why: "The pairing secret that the web app sent is not the agent's.",
    next: "Start both with the same pairing secret (GW_AGENT_SECRET_FILE), then try again.",
  },
  E2003: {
    status: 403,
    what: "The agent refused the request's origin.",
    why: "The request's Host or Origin header does not name the agent: a web page may have sent it.",
    next: "Call the agent through the web app, or by its own address.",
  },
  E2004: {
    status: 409,
    what: "A cycle is already running.",
    why: "Only one cycle may run for one forest at a time.",
    next: "Wait until it has ended, or cancel it, then try again.",
  },
  E2005: {
    status: 404,
    what: "There is no such run.",
    why: "The agent holds no run with this id.",
    next: "Open the list of runs and choose one.",
  },
  E2006: {
    status: 409,
    what: "The run was interrupted.",
    why: "The agent stopped while the run was under way: it was ended or lost power.",
    next: "Configure again: what was already written is recognised, and the rest is completed.",
  },
  E2007: {
    status: 409,
    what: "The run was cancelled.",
    why: "Somebody cancelled it. Changes that were already exported stay.",
    next: "Configure again to complete it.",
  },
  E2008: {
    status: 409,
    what: "The directory is not connected.",
    why: "The agent holds no credentials for a directory: none were given yet, or it was restarted before Configure.",
    next: "Enter the account and its password on the page “Connect your directories”.",
  },
  E2009: {
    status: 500,
    what: "The agent cannot use its state folder.",
    why: "A file in the state folder cannot be read or written.",
    next: "Check that the folder exists, that the agent's account owns it, and that the disk is not full.",
  },
  E2010: {
    status: 500,
    what: "The agent is not set up.",
    why: "A setting is missing or has a value that is not allowed.",
    next: "Correct the named setting and start the agent again; the README lists all of them.",
  },
  E3001: {
    status: 502,
    what: "Microsoft Graph does not accept the agent's token.",
    why: "Graph answered 401, also after a new token was fetched: the token was revoked, or is for another tenant.",
    next: "Check the agent's app registration in the Microsoft Entra admin centre (enabled, certificate valid, right tenant), then configure again.",
  },
  E3002: {
    status: 502,
    what: "The agent may not read the tenant's groups.",
    why: "Graph answered 403: an application permission is missing or has no admin consent.",
    next: "Grant GroupMember.Read.All, User.Read.All and Organization.Read.All to the agent's app registration with admin consent, then configure again.",
  },
  E3003: {
    status: 502,
    what: "Microsoft Graph does not know what the agent asked for.",
    why: "Graph answered 404: the object was deleted in the meantime, or the address of Graph is wrong.",
    next: "Configure again. If it happens again, check the setting GW_GRAPH_URL.",
  },
  E3004: {
    status: 503,
    what: "Microsoft Graph asks the agent to slow down.",
    why: "Graph answered 429 and went on doing so after every wait that it had asked for.",
    next: "Wait some minutes, then configure again; nothing that was written is lost.",
  },
  E3005: {
    status: 502,
    what: "Microsoft Graph has a fault.",
    why: "Graph answered with a server error, also after several tries.",
    next: "Look at the Microsoft 365 service health page, then configure again.",
  },
  E3006: {
    status: 504,
    what: "Microsoft Graph does not answer.",
    why: "The connection failed or no answer came in time, also after several tries.",
    next: "Check the agent's way to Graph (name resolution, proxy, firewall: HTTPS to graph.microsoft.com), then configure again.",
  },
  E3007: {
    status: 502,
    what: "Microsoft Entra ID does not accept the agent's credential.",
    why: "The token request with the agent's certificate was refused.",
    next: "Check the agent's client id, its certificate (uploaded to the app registration, not expired) and the tenant id, then configure again.",
  },
  E3008: {
    status: 502,
    what: "Microsoft Graph gave an answer that the agent does not understand.",
    why: "The answer lacks a field or has another form than Graph documents.",
    next: "Configure again. If it happens again, report the code and the reference.",
  },
  E3009: {
    status: 504,
    what: "The sign-in service does not answer the agent.",
    why: "The connection to the authority failed or no answer came in time.",
    next: "Check the agent's way to the authority (HTTPS to login.microsoftonline.com), then configure again.",
  },
  E4001: {
    status: 502,
    what: "The domain controller cannot be reached.",
    why: "No connection came about: the name is unknown, nothing listens on the port, or a firewall is in the way.",
    next: "Check the server's name and port (LDAPS is 636) from the agent's machine, then try again.",
  },
  E4002: {
    status: 502,
    what: "The domain controller's certificate is not trusted.",
    why: "It was not issued by an authority that the agent knows, has expired, or is for another name.",
    next: "Give the agent the certificate of your certification authority (the field “Certification authority”, or GW_DIRECTORY_CA_FILE), and use the name that the certificate is for.",
  },
  E4003: {
    status: 502,
    what: "The directory does not accept the account or its password.",
    why: "The bind was refused with invalid credentials.",
    next: "Check the account name (as DOMAIN\\name or name@domain) and type the password again.",
  },
  E4004: {
    status: 502,
    what: "The directory refuses an unencrypted sign-in.",
    why: "The domain controller demands TLS for a simple bind.",
    next: "Use ldaps:// with port 636, or StartTLS.",
  },
  E4005: {
    status: 502,
    what: "The account lacks rights in the directory.",
    why: "The domain controller answered that access is insufficient.",
    next: "Give the account the right to create, change and delete groups in the target OU (README, “Rights in Active Directory”), then configure again.",
  },
  E4006: {
    status: 409,
    what: "The target OU does not exist.",
    why: "It was deleted, renamed or moved after it was chosen.",
    next: "Choose an OU on the page “Writeback”, then configure again.",
  },
  E4007: {
    status: 409,
    what: "A name is already taken in the directory.",
    why: "Another object has the same name in the target OU, or the same sAMAccountName in the domain.",
    next: "Rename or move the other object, or choose the other name format, then configure again.",
  },
  E4008: {
    status: 502,
    what: "The server is not an Active Directory domain controller.",
    why: "Its root entry does not announce an Active Directory domain.",
    next: "Enter the name of a domain controller.",
  },
  E4009: {
    status: 502,
    what: "The directory refused a change.",
    why: "The change breaks a rule of the directory's schema or policy.",
    next: "Read the directory's own words under “why”, mend the cause, then configure again.",
  },
  E4010: {
    status: 502,
    what: "The connection to the domain controller was lost.",
    why: "It ended in the middle of an operation, or no answer came in time.",
    next: "Check that the domain controller is running, then configure again: what was already written is recognised.",
  },
  E4011: {
    status: 400,
    what: "This container cannot be the target.",
    why: "It belongs to the system, and groups there could gain rights that they must not have.",
    next: "Choose an OU of your own on the page “Writeback”.",
  },
  E4012: {
    status: 502,
    what: "The directory gave an answer that the agent does not understand.",
    why: "The answer lacks an attribute or has another form than Active Directory documents.",
    next: "Try again. If it happens again, report the code and the reference.",
  },
  E4013: {
    status: 502,
    what: "The object changed in the directory in the meantime.",
    why: "It was renamed, moved or deleted between the reading and the writing.",
    next: "Configure again: the next cycle reads the directory anew.",
  },
  E5001: {
    status: 409,
    what: "Two groups in the directory claim the same cloud group.",
    why: "They carry the same anchor (adminDescription or msDS-ExternalDirectoryObjectId), so the plan is held.",
    next: "Clear the anchor on the group that is not the written-back one, then configure again.",
  },
  E5002: {
    status: 409,
    what: "A group in the directory carries two anchors that disagree.",
    why: "Its adminDescription and its msDS-ExternalDirectoryObjectId name different cloud groups, so the plan is held.",
    next: "Set both attributes to the same Group_<object id>, or clear both, then configure again.",
  },
  E5003: {
    status: 409,
    what: "The tenant answered with no groups at all.",
    why: "The plan would withdraw every written-back group because the tenant's answer was empty, so it is held.",
    next: "Check the agent's tenant id and permissions, then configure again.",
  },
  E5004: {
    status: 409,
    what: "The plan would delete too many groups.",
    why: "The number of deletions is above the deletion threshold, so the plan is held and nothing was written.",
    next: "Check which groups went out of scope; keep them (“Keep in the directory”) or raise deletionThreshold in the configuration, then configure again.",
  },
} as const satisfies Record<`E${number}`, Entry>;

/** A stable code of the catalogue. */
export type ErrorCode = keyof typeof errors;

export const errorCodes = Object.keys(errors) as [ErrorCode, ...ErrorCode[]];
