/**
 * Where secrets are looked for, and how they are read.
 */
@NullMarked
package io.flyteconnect.internal.secret;

import org.jspecify.annotations.NullMarked;
