#!/usr/bin/env python3
"""Renders the demo shop's pictures: still lifes on warm paper, one light from the left. Needs povray and cwebp.
usage: scenes.py OUT [NAME...] [--width 960]"""
import os, subprocess, sys, tempfile

HEAD = """
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 7
  radiosity { pretrace_start 0.08 pretrace_end 0.02 count 50 nearest_count 6 error_bound 0.6 recursion_limit 2 low_error_factor 0.6 gray_threshold 0.2 minimum_reuse 0.012 brightness 1.0 } }
#default { finish { ambient 0 diffuse 0.85 } }
#macro Hex(R,G,B) srgb <R/255,G/255,B/255> #end
camera { location <0,CAMY,-15> look_at <0,LOOK,0> right x*0.8 up y angle ANGLE }
light_source { <-9,11,-8> color rgb <1.0,0.965,0.92>*0.98 area_light <4,0,2.5>, <0,4,0>, 4, 4 adaptive 1 jitter circular orient }
light_source { <10,6,-12> color rgb <0.80,0.88,1.0>*0.13 shadowless }
sky_sphere { pigment { color rgb <0.95,0.96,1.0>*0.33 } }
#declare Paper = texture { pigment { PAPER } finish { diffuse 0.86 } normal { granite 0.012 scale 0.5 } }
union {
  plane { y, 0 }
  plane { -z, -7 }
  difference { box { <-60,0,3>, <60,4,7.01> } cylinder { <-61,4,3>, <61,4,3>, 4 } }
  texture { Paper }
}
#macro Glaze(C) texture { pigment { granite scale 0.16 color_map { [0 C] [0.62 C] [0.70 C*0.90] [0.76 C] [0.93 C*0.96] [0.97 C*0.62] [1 C*0.5] } } normal { bumps 0.035 scale 0.25 } finish { diffuse 0.82 specular 0.22 roughness 0.045 reflection { 0.005, 0.07 fresnel on } conserve_energy } } #end
#macro Bare(C) texture { pigment { bozo scale 0.35 color_map { [0 C*0.95] [1 C*1.05] } } normal { granite 0.05 scale 0.18 } finish { diffuse 0.86 specular 0.03 roughness 0.2 } } #end
#macro Metal(C) texture { pigment { C } finish { diffuse 0.42 specular 0.75 roughness 0.035 metallic reflection { 0.16 metallic } brilliance 2.2 } } #end
#macro Enamel(C) texture { pigment { C } finish { diffuse 0.8 specular 0.4 roughness 0.02 reflection { 0.01, 0.10 fresnel on } conserve_energy } normal { bumps 0.012 scale 0.6 } } #end
#macro Wood(A,B) texture { pigment { wood turbulence 0.09 scale <0.16,0.16,3.2> rotate <87,2,0> translate <0.12,0,0.35> color_map { [0 A] [0.35 A*0.94] [0.6 B] [0.8 A*0.9] [1 B*0.92] } } normal { wood 0.05 turbulence 0.1 scale <0.1,0.1,2> rotate x*87 } finish { diffuse 0.85 specular 0.10 roughness 0.08 } } #end
#macro Cloth(C) texture { pigment { bozo scale <0.9,0.05,0.9> color_map { [0 C*0.96] [1 C*1.03] } } normal { average normal_map { [1 gradient x 0.35 scale 0.045 triangle_wave ] [1 gradient z 0.35 scale 0.045 triangle_wave ] [0.6 bumps 0.4 scale 0.2] } } finish { diffuse 0.88 } } #end
#macro Wool(C) texture { pigment { granite scale 0.3 color_map { [0 C*0.88] [1 C*1.05] } } normal { average normal_map { [1 bumps 0.9 scale 0.05] [1 granite 0.35 scale 0.2] } } finish { diffuse 0.9 } } #end
#macro Leaf(C) texture { pigment { bozo scale 0.4 color_map { [0 C*0.85] [1 C*1.1] } } finish { diffuse 0.8 specular 0.12 roughness 0.06 } } #end
#macro GlassOf(C) texture { pigment { color rgbf <pow(C.red,0.6),pow(C.green,0.6),pow(C.blue,0.6),0.97> } finish { diffuse 0.02 specular 0.6 roughness 0.004 reflection { 0.02, 0.75 fresnel on } conserve_energy } } interior { ior 1.08 } #end
"""
PAPERS = {"paper": (0xee,0xe6,0xd9), "sand": (0xe6,0xd9,0xc5), "blush": (0xea,0xd8,0xc9), "sage": (0xd7,0xd8,0xc6), "stone": (0xdb,0xd5,0xca), "dusk": (0xcf,0xc4,0xb4)}
OAT, MOSS, CLAY, INK = "Hex(232,222,203)", "Hex(110,122,92)", "Hex(178,98,66)", "Hex(52,58,66)"
FOREST, RUST, NATURAL = "Hex(49,80,62)", "Hex(168,86,52)", "Hex(214,200,176)"
BRASS, TERRA = "Hex(196,150,84)", "Hex(190,108,74)"

def lathe(points, look):
    pts = [points[0]] + points + [points[-1]]
    return f"lathe {{ cubic_spline {len(pts)}, " + ", ".join(f"<{x},{y}>" for x, y in pts) + f" sturm {look} }}"

def cup(r, h, t=0.09, foot=0.75, belly=0.04):
    """outside up, lip, inside down to the middle"""
    return [(0.0,0.02),(r*foot*0.8,0.02),(r*foot,0.03),(r*(foot+0.12),0.10),(r*(1-0.02),h*0.22),(r*(1+belly),h*0.5),(r*(1+belly*0.4),h*0.8),(r,h-0.05),(r-t*0.5,h),(r-t,h-0.05),(r-t,h*0.8),(r*(1+belly)-t,h*0.5),(r-t*1.4,h*0.2),(r*0.55,0.17),(0.0,0.15)]

def bowl(r, h, t=0.1):
    return [(0,0.03),(r*0.36,0.03),(r*0.42,0.0),(r*0.46,0.03),(r*0.50,0.14),(r*0.72,h*0.36),(r*0.93,h*0.72),(r,h-0.04),(r-t*0.4,h),(r-t,h-0.06),(r*0.86,h*0.68),(r*0.66,h*0.40),(r*0.4,0.26),(0,0.21)]

def torus_handle(x, y, major, minor, look, sx=0.72):
    return f"difference {{ torus {{ {major},{minor} rotate x*90 scale <{sx},1,1.15> }} box {{ <-9,-9,-9>,<-0.02,9,9> }} translate <{x},{y},0> {look} }}"

def mug(colour, at="0", turn=-28, s=1.0):
    look = f"Glaze({colour})"
    return f"union {{ {lathe(cup(1.0,1.95,0.08,0.78,0.03), look)} {torus_handle(0.97,1.0,0.58,0.115,look)} {inside(0.9,1.62,'Hex(70,44,28)') if False else ''} rotate y*{turn} scale {s} translate {at} }}"

def inside(r, y, colour):
    return f"cylinder {{ <0,{y},0>,<0,{y+0.01},0>,{r} texture {{ pigment {{ {colour} }} finish {{ diffuse 0.6 specular 0.5 roughness 0.01 reflection 0.06 }} }} }}"

def leaves(n, base, look, seed=3, spread=1.0, height=2.2, size=0.42):
    import random, math
    rnd = random.Random(seed); out = []
    for i in range(n):
        a = rnd.uniform(0, 360); lean = rnd.uniform(8, 34)*spread; h = height*rnd.uniform(0.6,1.0)
        x, z = math.sin(math.radians(a)), math.cos(math.radians(a)); l = math.sin(math.radians(lean))
        p1 = (x*l*h*0.35, h*0.5, z*l*h*0.35); p2 = (x*l*h, h, z*l*h)
        out.append(f"sphere_sweep {{ b_spline 5, <0,-0.3,0>,0.035 <0,0,0>,0.035 <{p1[0]:.3f},{p1[1]:.3f},{p1[2]:.3f}>,0.03 <{p2[0]:.3f},{p2[1]:.3f},{p2[2]:.3f}>,0.02 <{p2[0]*1.3:.3f},{p2[1]*1.15:.3f},{p2[2]*1.3:.3f}>,0.015 }}")
        for k in range(5):
            f = 0.4+0.14*k; px, py, pz = p2[0]*f*f, p2[1]*f*0.96, p2[2]*f*f
            out.append(f"sphere {{ 0,1 scale <{size},{size*0.06},{size*0.36}> translate x*{size*0.9} rotate <{rnd.uniform(-25,25):.0f},0,{rnd.uniform(5,45):.0f}> rotate y*{rnd.uniform(0,360):.0f} translate <{px:.3f},{py:.3f},{pz:.3f}> }}")
    return f"union {{ {' '.join(out)} translate {base} {look} }}"

def folded(look, layers, w, d, th, y0=0.0, shrink=0.05, fringe=None):
    out = []
    for i in range(layers):
        y = y0 + i*th*1.02; k = 1 - shrink*(i % 2) - 0.012*i
        out.append(f"superellipsoid {{ <0.10,0.55> scale <{w/2*k},{d/2*k},{th/2*1.02}> rotate x*90 translate <{(i%3-1)*0.02},{y+th/2},{(i%2)*0.03}> }}")
    return f"union {{ {' '.join(out)} {look} }}"

def draped(look, colour_edge=None, n=9, w=1.9, h=3.0, x=0, seed=5, top=3.9):
    """A cloth hanging over a rod: soft vertical folds."""
    import math
    rows = []
    for i in range(n*8+1):
        u = i/(n*8); xx = -w/2 + w*u
        rows.append(xx)
    out = []
    pts = [(xx, 0.13*math.sin(xx*5.2+seed)+0.06*math.sin(xx*11+seed*2)) for xx in rows]
    nv = 24
    mesh = ["mesh2 { vertex_vectors { %d" % (len(pts)*(nv+1))]
    vs = []
    for j in range(nv+1):
        v = j/nv
        for xx, zz in pts:
            amp = 0.35+0.85*v
            vs.append(f",<{xx*(1-0.05*math.sin(v*3.1)):.4f},{top-h*v:.4f},{zz*amp-0.12:.4f}>")
    faces = []
    m = len(pts)
    for j in range(nv):
        for i in range(m-1):
            a=j*m+i
            faces.append(f",<{a},{a+1},{a+m}>,<{a+1},{a+m+1},{a+m}>")
    # normals
    import itertools
    def pos(j,i):
        v=j/nv; xx,zz=pts[i]; amp=0.35+0.85*v
        return (xx*(1-0.05*math.sin(v*3.1)), top-h*v, zz*amp-0.12)
    ns=[]
    for j in range(nv+1):
        for i in range(m):
            a=pos(j,max(i-1,0)); b=pos(j,min(i+1,m-1)); c=pos(max(j-1,0),i); d=pos(min(j+1,nv),i)
            p=[b[k]-a[k] for k in range(3)]; q=[d[k]-c[k] for k in range(3)]
            n3=(p[1]*q[2]-p[2]*q[1], p[2]*q[0]-p[0]*q[2], p[0]*q[1]-p[1]*q[0])
            l=math.sqrt(sum(t*t for t in n3)) or 1
            ns.append(",<%.4f,%.4f,%.4f>"%tuple(t/l for t in n3))
    mesh += vs + ["} normal_vectors { %d"%len(ns)] + ns + ["} face_indices { %d"%(2*nv*(m-1))] + faces + ["} %s translate x*%s }"%(look,x)]
    return " ".join(mesh)

S = {}
def scene(name, paper, body, look=1.5, angle=22, camy=4.4):
    S[name] = (paper, body, look, angle, camy)

# --- tableware
scene("mug-oat", "sand", mug(OAT), 1.05, 15)
scene("mug-moss", "sage", mug(MOSS), 1.05, 15)
scene("mug-clay", "blush", mug(CLAY), 1.05, 15)
scene("mug-three", "paper", mug(OAT,"<-1.35,0,0.5>",-40)+mug(CLAY,"<1.3,0,0.9>",-15)+mug(MOSS,"<0.05,0,-1.3>",-30), 1.2, 21, 4.8)
scene("bowl", "stone", lathe(bowl(1.75,1.05), f"Glaze({OAT})"), 0.75, 17.5, 6.2)
scene("bowl-stack", "paper", "".join(f"object {{ {lathe(bowl(1.72-0.06*i,1.0), 'Glaze('+c+')')} translate <{0.03*(i%2)},{0.50*i},0> }}" for i,c in enumerate([INK,MOSS,OAT,OAT])), 1.25, 19, 5.0)
plate = [(0,0.05),(0.95,0.05),(1.05,0.0),(1.15,0.05),(1.5,0.16),(1.95,0.30),(2.02,0.335),(1.98,0.37),(1.45,0.24),(1.2,0.16),(0.9,0.14),(0,0.14)]
scene("plate", "sand", "".join(f"object {{ {lathe(plate,'Glaze('+OAT+')')} translate y*{0.15*i} }}" for i in range(4)) + f"object {{ {lathe([(x*0.72,y) for x,y in plate],'Glaze('+MOSS+')')} translate y*0.72 }}", 0.7, 19.5, 6.0)
# --- tea and coffee
def teapot(c):
    look=f"Glaze({c})"
    body=[(0,0.03),(0.75,0.03),(0.85,0.06),(1.25,0.45),(1.42,0.95),(1.25,1.5),(0.85,1.85),(0.62,1.93),(0.5,1.95),(0,1.95)]
    lid=[(0,1.93),(0.62,1.93),(0.66,1.97),(0.55,2.08),(0.25,2.2),(0.12,2.24),(0.10,2.32),(0.2,2.42),(0.21,2.52),(0.12,2.6),(0,2.62)]
    spout=f"sphere_sweep {{ b_spline 6, <-0.9,0.4,0>,0.36 <-1.2,0.75,0>,0.32 <-1.65,1.2,0>,0.21 <-1.85,1.6,0>,0.155 <-2.12,1.88,0>,0.135 <-2.35,2.0,0>,0.13 tolerance 0.01 {look} }}"
    handle=f"sphere_sweep {{ b_spline 8, <0.7,3.0,0>,0.09 <0.9,1.7,0>,0.09 <0.95,2.4,0>,0.09 <0.6,3.1,0>,0.09 <-0.6,3.1,0>,0.09 <-0.95,2.4,0>,0.09 <-0.9,1.7,0>,0.09 <-0.7,1.0,0>,0.09 tolerance 0.01 Wood(Hex(150,104,62),Hex(112,74,42)) }}"
    return f"union {{ {lathe(body,look)} {lathe(lid,look)} {spout} {handle} rotate y*22 }}"
scene("teapot", "sage", teapot(INK), 1.5, 20, 4.2)
scene("teapot-set", "paper", f"object {{ {teapot(INK)} translate <-0.35,0,0.8> }}" + f"object {{ {lathe(cup(0.62,0.85,0.06,0.6,0.02),'Glaze('+OAT+')')} translate <1.5,0,-1.3> }} object {{ {lathe(cup(0.62,0.85,0.06,0.6,0.02),'Glaze('+OAT+')')} translate <-1.1,0,-1.9> }}" + "object { "+inside(0.53,0.62,'Hex(150,120,40)')+" translate <1.5,0,-1.3> } object { "+inside(0.53,0.62,'Hex(150,120,40)')+" translate <-1.1,0,-1.9> }", 1.45, 23, 4.8)
def tin(c, label, h=2.6, r=0.95, at="0"):
    body=f"cylinder {{ <0,0.03,0>,<0,{h},0>,{r} Enamel({c}) }} torus {{ {r-0.03},0.04 translate y*0.04 Enamel({c}) }}"
    lid=f"cylinder {{ <0,{h+0.02},0>,<0,{h+0.5},0>,{r+0.025} Metal({BRASS}) }} torus {{ {r-0.015},0.04 translate y*{h+0.5} Metal({BRASS}) }} cylinder {{ <0,{h+0.5},0>,<0,{h+0.54},0>,{r-0.015} Metal({BRASS}) }}"
    band=f"difference {{ cylinder {{ <0,{h*0.30},0>,<0,{h*0.72},0>,{r+0.006} }} box {{ <-9,-9,0.1>,<9,9,9> }} cylinder {{ <0,-1,0>,<0,9,0>,{r-0.01} }} texture {{ pigment {{ {label} }} finish {{ diffuse 0.85 }} }} }}"
    mark=f"difference {{ union {{ sphere {{ 0,1 scale <0.14,0.30,1> rotate z*-32 translate <0.10,{h*0.52},-{r}> }} sphere {{ 0,1 scale <0.10,0.22,1> rotate z*38 translate <-0.13,{h*0.50},-{r}> }} }} cylinder {{ <0,-1,0>,<0,9,0>,{r+0.004} inverse }} cylinder {{ <0,-1,0>,<0,9,0>,{r-0.02} }} texture {{ pigment {{ {FOREST} }} }} }}"
    mark=f"intersection {{ union {{ sphere {{ 0,1 scale <0.075,0.27,1> rotate z*-38 translate <0.15,{h*0.545},-{r}> }} sphere {{ 0,1 scale <0.065,0.20,1> rotate z*48 translate <-0.13,{h*0.50},-{r}> }} cylinder {{ <0,{h*0.40},-{r}-0.5>,<0,{h*0.40},-{r}+0.5>,0.0001 }} box {{ <-0.012,{h*0.40},-{r}-0.5>,<0.012,{h*0.52},-{r}+0.5> }} }} difference {{ cylinder {{ <0,0,0>,<0,9,0>,{r+0.010} }} cylinder {{ <0,-1,0>,<0,10,0>,{r-0.01} }} }} texture {{ pigment {{ {FOREST} }} }} }}"
    return f"union {{ {body} {lid} {band} {mark} rotate y*-12 translate {at} }}"
def pile(colour, n=420, seed=2, r=0.9):
    import random, math
    rnd=random.Random(seed); out=[]
    for i in range(n):
        d=abs(rnd.gauss(0,r*0.42)); a=rnd.uniform(0,6.28)
        y=max(0.02, 0.26*math.exp(-(d/(r*0.5))**2)*rnd.uniform(0.2,1))
        out.append(f"sphere {{ 0,1 scale <{rnd.uniform(0.05,0.11):.3f},0.014,0.022> rotate <{rnd.uniform(-40,40):.0f},{rnd.uniform(0,360):.0f},{rnd.uniform(-30,30):.0f}> translate <{d*math.cos(a):.3f},{y:.3f},{d*math.sin(a):.3f}> }}")
    return f"union {{ {' '.join(out)} Leaf({colour}) }}"
scene("tea-green", "sage", tin(FOREST, "Hex(238,230,214)"), 1.5, 17, 4.2)
scene("tea-green-leaf", "paper", tin(FOREST, "Hex(238,230,214)", at="<0.5,0,1.2>") + f"object {{ {pile('Hex(92,104,58)')} translate <-0.75,0,-1.3> }}", 1.35, 20, 4.8)
def pourover():
    glass="GlassOf(Hex(236,240,238))"
    carafe=[(0,0.04),(0.9,0.04),(1.08,0.12),(1.15,0.4),(1.05,0.95),(0.7,1.5),(0.42,1.85),(0.38,2.0),(0.5,2.3),(0.85,2.85),(1.05,3.2),(1.0,3.2),(0.80,2.86),(0.44,2.3),(0.32,2.0),(0.36,1.85),(0.64,1.48),(0.99,0.94),(1.09,0.4),(1.02,0.17),(0.88,0.10),(0,0.10)]
    collar=f"lathe {{ linear_spline 5, <0.36,1.72>,<0.60,1.66>,<0.50,1.95>,<0.62,2.30>,<0.46,2.30> Wood(Hex(168,118,72),Hex(126,84,48)) }}"
    coffee=[(0,0.11),(0.88,0.11),(1.01,0.18),(1.075,0.4),(1.02,0.8),(0.995,0.86),(0,0.86)]
    c=f"lathe {{ cubic_spline {len(coffee)+2}, {', '.join(f'<{x},{y}>' for x,y in [coffee[0]]+coffee+[coffee[-1]])} texture {{ pigment {{ Hex(46,24,12) }} finish {{ diffuse 0.7 specular 0.3 roughness 0.02 reflection 0.03 }} }} }}"
    return f"{lathe(carafe,glass)} {c} {collar} torus {{ 0.53,0.035 translate y*1.98 texture {{ pigment {{ Hex(120,78,46) }} }} }}"
scene("pour-over", "stone", "union { "+pourover()+" }", 1.6, 18.5, 4.2)
scene("pour-over-cup", "sand", "union { "+pourover()+" translate <-0.7,0,0.6> }"+f"object {{ {lathe(cup(0.72,0.9,0.06,0.6,0.02),'Glaze('+OAT+')')} translate <1.45,0,-0.9> }} object {{ {inside(0.63,0.66,'Hex(52,28,14)')} translate <1.45,0,-0.9> }}", 1.5, 21.5, 4.6)
# --- textiles
rod = f"cylinder {{ <-2.6,3.93,-0.1>,<2.6,3.93,-0.1>,0.07 Metal({BRASS}) }}"
for n, c, paper in (("natural",NATURAL,"paper"),("rust",RUST,"blush"),("ink",INK,"stone")):
    scene(f"towel-{n}", paper, f"union {{ {rod} {draped('Cloth('+c+')',x=0,w=2.5,h=3.1)} translate <0,-0.35,0.5> }}", 1.9, 21, 3.2)
scene("towel-stack", "sand", folded(f"Cloth({NATURAL})",3,2.6,2.0,0.26)+folded(f"Cloth({RUST})",3,2.5,1.95,0.26,0.80)+folded(f"Cloth({INK})",3,2.45,1.9,0.26,1.60), 1.15, 20, 4.6)
scene("throw-sand", "dusk", folded(f"Wool({NATURAL})",4,3.1,2.3,0.5,shrink=0.03), 1.0, 21, 4.8)
scene("throw-forest", "sage", folded(f"Wool({FOREST})",4,3.1,2.3,0.5,shrink=0.03), 1.0, 21, 4.8)
# --- light and scent
def candle(r,h,at,lit=False):
    wax="texture { pigment { Hex(226,186,112) } finish { diffuse 0.85 specular 0.12 roughness 0.06 subsurface { translucency 0 } } normal { bumps 0.03 scale 0.4 } }".replace("subsurface { translucency 0 } ","")
    body=[(0,0.02),(r-0.03,0.02),(r,0.05),(r,h*0.5),(r,h-0.08),(r-0.06,h-0.01),(r*0.6,h-0.06),(0.1,h-0.09),(0,h-0.09)]
    wick=f"sphere_sweep {{ b_spline 5, <0,{h-0.3},0>,0.022 <0,{h-0.1},0>,0.022 <0.01,{h+0.06},0>,0.022 <0.05,{h+0.18},0>,0.02 <0.1,{h+0.3},0>,0.02 texture {{ pigment {{ Hex(60,52,44) }} }} }}"
    return f"union {{ {lathe(body,wax)} {wick} translate {at} }}"
scene("candle", "dusk", candle(0.62,2.6,"<-0.95,0,0.5>")+candle(0.62,1.75,"<0.55,0,0.9>")+candle(0.62,1.05,"<0.15,0,-1.1>"), 1.25, 19, 4.2)
scene("candle-one", "blush", candle(0.75,2.2,"0"), 1.15, 15, 3.8)
def lamp(c):
    base=[(0,0.03),(0.95,0.03),(1.0,0.07),(0.97,0.14),(0.5,0.2),(0.2,0.3),(0.13,0.5),(0.12,1.2),(0.12,2.2),(0.11,2.35),(0,2.36)]
    shade=[(1.62,1.95),(1.66,1.93),(1.62,2.1),(1.28,2.8),(0.75,3.3),(0.2,3.5),(0.0,3.52),(0,3.47),(0.2,3.45),(0.72,3.25),(1.24,2.77),(1.57,2.08)]
    return f"{lathe(base,'Metal('+BRASS+')')} {lathe(shade,'Enamel('+c+')')} sphere {{ <0,3.56,0>,0.07 Metal({BRASS}) }} light_source {{ <0,2.3,0> color rgb <1.0,0.74,0.42>*0.55 fade_distance 1.6 fade_power 2 area_light x*0.4, z*0.4, 3,3 adaptive 1 jitter }}"
scene("lamp", "dusk", "union { "+lamp(FOREST)+" }", 1.75, 20, 3.6)
# --- garden
def pot(s, at, filled=False):
    prof=[(0,0.03),(0.72,0.03),(0.78,0.06),(0.90,0.6),(1.03,1.3),(1.05,1.36),(1.16,1.38),(1.18,1.42),(1.2,1.72),(1.17,1.78),(1.10,1.78),(1.06,1.72),(1.0,1.3),(0.86,0.5),(0.7,0.2),(0,0.2)]
    soil="cylinder { <0,1.5,0>,<0,1.56,0>,1.03 texture { pigment { granite scale 0.3 color_map { [0 Hex(58,42,30)] [1 Hex(92,70,52)] } } normal { granite 0.8 scale 0.3 } } }" if filled else ""
    return f"union {{ {lathe(prof,'Bare('+TERRA+')')} {soil} scale {s} translate {at} }}"
scene("pot", "paper", pot(1.35,"<-0.75,0,0.9>")+pot(0.95,"<1.35,0,0.2>")+pot(0.62,"<0.15,0,-1.9>"), 1.15, 20, 4.8)
scene("pot-plant", "sand", pot(1.05,"0",True)+leaves(11,"<0,1.55,0>",f"Leaf(Hex(128,158,108))",seed=7,spread=0.9,height=2.6,size=0.36), 2.0, 20, 3.8)
def can(c):
    look=f"Enamel({c})"
    body=[(0,0.03),(1.12,0.03),(1.2,0.07),(1.2,0.2),(1.12,1.2),(0.98,1.9),(0.95,1.97),(0.9,1.9),(1.04,1.2),(1.1,0.2),(0,0.12)]
    spout=f"sphere_sweep {{ linear_spline 2, <-1.0,0.45,0>,0.20 <-2.5,2.25,0>,0.11 {look} }} cone {{ <-2.45,2.2,0>,0.12 <-2.72,2.5,0>,0.34 {look} }} cylinder {{ <-2.72,2.5,0>,<-2.76,2.545,0>,0.34 Metal({BRASS}) }}"
    handle=f"sphere_sweep {{ b_spline 7, <-0.8,1.3,0>,0.08 <-0.75,1.85,0>,0.08 <-0.3,2.75,0>,0.08 <0.9,2.75,0>,0.08 <1.6,1.7,0>,0.08 <1.1,0.75,0>,0.08 <0.7,0.6,0>,0.08 tolerance 0.01 Metal({BRASS}) }}"
    return f"union {{ {lathe(body,look)} {spout} {handle} rotate y*24 translate x*0.35 }}"
scene("can-forest", "paper", can(FOREST), 1.3, 22, 4.4)
scene("can-clay", "stone", can(CLAY), 1.3, 22, 4.4)
# --- glass and wood
def vase(c,h=3.0):
    k=h/3.0
    prof=[(0,0.04),(0.55,0.04),(0.72,0.10),(0.95,0.6*k),(0.92,1.1*k),(0.5,1.75*k),(0.33,2.2*k),(0.36,2.7*k),(0.5,3.0*k),(0.45,3.0*k),(0.30,2.68*k),(0.27,2.2*k),(0.43,1.75*k),(0.85,1.1*k),(0.88,0.6*k),(0.66,0.18),(0.5,0.14),(0,0.14)]
    return lathe(prof,f"GlassOf({c})")
SMOKE, AMBER, CLEAR = "Hex(186,188,188)","Hex(206,140,62)","Hex(232,238,236)"
twig = leaves(3,"<0,0.2,0>","Leaf(Hex(150,160,112))",seed=11,spread=0.5,height=4.3,size=0.30)
for n,c,paper in (("clear",CLEAR,"sand"),("amber",AMBER,"paper"),("smoke",SMOKE,"blush")):
    scene(f"vase-{n}", paper, f"union {{ {vase(c)} {twig} }}", 2.1, 20, 3.8)
board = "difference { superellipsoid { <0.22,0.12> scale <1.25,2.0,0.11> } cylinder { <0,1.66,-1>,<0,1.66,1>,0.16 } Wood(Hex(186,138,86),Hex(132,88,48)) }"
scene("board", "paper", f"object {{ {board} rotate <9,-14,0> translate <0.0,1.99,0.4> }}", 1.95, 20, 3.6)
apple = "union { "+lathe([(0,0.12),(0.2,0.05),(0.45,0.08),(0.68,0.45),(0.66,0.85),(0.42,1.10),(0.18,1.08),(0,0.98)],"texture { pigment { bozo scale <0.3,2,0.3> color_map { [0 Hex(176,70,44)] [1 Hex(206,140,70)] } } finish { diffuse 0.8 specular 0.25 roughness 0.03 } }")+" sphere_sweep { linear_spline 2, <0,0.95,0>,0.03 <0.1,1.3,0>,0.025 texture { pigment { Hex(86,62,40) } } } }"
scene("board-table", "sand", f"object {{ {board} rotate <90,0,0> rotate y*62 translate <-0.1,0.12,0.2> }} object {{ {apple} translate <0.7,0.22,0.3> }} object {{ {apple} scale 0.92 rotate y*70 translate <-0.5,0.22,0.9> }}", 0.7, 20, 6.4)

def main():
    args=[a for a in sys.argv[1:]]
    width=960
    if "--width" in args: i=args.index("--width"); width=int(args[i+1]); del args[i:i+2]
    out, names = args[0], args[1:] or list(S)
    os.makedirs(out, exist_ok=True)
    for name in names:
        paper, body, look, angle, camy = S[name]
        rgb = "Hex(%d,%d,%d)" % PAPERS[paper]
        text = HEAD.replace("PAPER }", rgb+" }").replace("CAMY",str(camy)).replace("LOOK",str(look)).replace("ANGLE",str(angle)) + body
        with tempfile.NamedTemporaryFile("w",suffix=".pov",delete=False) as f: f.write(text)
        png=os.path.join(out,name+".png")
        r=subprocess.run(["nice","-n","6","povray","+I"+f.name,"+O"+png,f"+W{width}",f"+H{width*5//4}","-D","-V","+A0.25","+AM2","+R2","+WT1","File_Gamma=srgb"],capture_output=True,text=True)
        if r.returncode: print(name,r.stderr[-1500:])
        else:
            subprocess.run(["cwebp","-quiet","-q","92","-m","6","-sharp_yuv",png,"-o",os.path.join(out,name+".webp")])
        os.unlink(f.name)
main()
