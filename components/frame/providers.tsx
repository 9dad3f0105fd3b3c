"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { endsSignIn, problemOfError } from "#lib/wizard/problems.ts";
import { forgetSignIn } from "#lib/wizard/sign-in.ts";

/** A call that says that nobody is signed in any more signs out here too: page W3 then shows why. */
function newClient(): QueryClient {
  const onError = (error: Error) => {
    const problem = problemOfError(error);
    if (!endsSignIn(problem)) return;
    forgetSignIn();
    client.setQueryData(["signInProblem"], problem);
    client.setQueryData(["me"], null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error, { queryKey }) => queryKey[0] !== "me" && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  return client;
}

export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(newClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
